// The logarithm of the logistic function.
#pragma once
#include "common.cuh"

// −log σ(x), without overflow or cancellation.
__device__ inline float minus_log_sigmoid(float x) {
  return fmaxf(-x, 0.0f) + log1pf(expf(-fabsf(x)));
}
