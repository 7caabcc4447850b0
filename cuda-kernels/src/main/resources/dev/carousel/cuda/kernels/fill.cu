// y[i] = value.
#include "common.cuh"

KERNEL fill_f32(float* y, float value, i64 n) {
  EACH(i, n) y[i] = value;
}

KERNEL fill_f64(double* y, double value, i64 n) {
  EACH(i, n) y[i] = value;
}

KERNEL fill_i32(int* y, int value, i64 n) {
  EACH(i, n) y[i] = value;
}
