// The softmax of one row by one block.
#pragma once
#include "common.cuh"

struct SoftmaxRow {
  float most;       // the largest logit
  double sum;       // Σ exp(z − most)
  double log_sum;   // log Σ exp(z)
};

// Each thread keeps its largest logit and the sum relative to it, so the row is read once.
__device__ inline SoftmaxRow softmax_row(const float* z, i64 C) {
  float most = -INFINITY;
  float sum = 0;
  for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
    float v = z[c];
    if (v > most) {
      sum = sum * expf(most - v) + 1.0f;
      most = v;
    } else {
      sum += v == most ? 1.0f : expf(v - most);
    }
  }
  SoftmaxRow row;
  row.most = block_max(most);
  row.sum = block_sum(sum > 0 ? (double)sum * exp((double)most - (double)row.most) : (double)sum);
  row.log_sum = (double)row.most + log(row.sum);
  return row;
}
