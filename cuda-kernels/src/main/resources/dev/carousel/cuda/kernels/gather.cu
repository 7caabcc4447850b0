// out[i] = table[ids[i]]; zeros for a negative id, NaN for one that is not below V.
#include "common.cuh"

KERNEL gather(const int* ids, const float* table, float* out, i64 M, i64 V, i64 D) {
  EACH(i, M * D) {
    i64 id = ids[i / D];
    out[i] = id < 0 ? 0.0f : id < V ? table[id * D + i % D] : not_a_number();
  }
}
