// Copies a block of columns: to[m, toAt + c] = from[m, fromAt + c]. Concatenation and its gradient.
#include "common.cuh"

KERNEL copy_columns(const float* from, float* to, i64 M, i64 width, i64 fromStride, i64 fromAt,
                    i64 toStride, i64 toAt) {
  EACH(i, M * width) {
    i64 m = i / width;
    i64 c = i % width;
    to[m * toStride + toAt + c] = from[m * fromStride + fromAt + c];
  }
}
