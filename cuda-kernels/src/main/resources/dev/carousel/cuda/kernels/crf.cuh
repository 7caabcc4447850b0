// Linear-chain conditional random fields. Transitions [K + 2, K]: row i from label i, row K from the
// start, row K + 1 to the end. One block a row of the batch; scores in double.
#pragma once
#include "common.cuh"

// log Σ_i exp(a[i] + b[i · stride]), by one thread.
__device__ inline double log_sum_exp(const double* a, const float* b, i64 stride, i64 n) {
  double most = -INFINITY;
  for (i64 i = 0; i < n; i++) {
    double s = a[i] + (double)b[i * stride];
    most = s > most ? s : most;
  }
  double sum = 0;
  for (i64 i = 0; i < n; i++) sum += exp(a[i] + (double)b[i * stride] - most);
  return most + log(sum);
}
