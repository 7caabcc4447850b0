// What is the same for every score of attention. One block a query unless it is said otherwise.
// Letters: Q queries, N rows, T keys, K and C features of keys and values; n is the query's row.
#pragma once
#include "common.cuh"

// The sum of v over the warp, the same in every lane.
__device__ inline float warp_sum(float v) {
  for (int o = 16; o > 0; o >>= 1) v += __shfl_xor_sync(0xffffffffu, v, o);
  return v;
}

// w [T] = softmax of the scores that it holds, zero beyond the length; out [C] = w v.
__device__ inline void weigh(float* w, const float* v, float* out, i64 length, i64 n, i64 N, i64 T,
                             i64 C) {
  float most = -INFINITY;
  for (i64 t = threadIdx.x; t < length; t += blockDim.x) most = fmaxf(most, w[t]);
  most = block_max(most);
  float sum = 0;
  for (i64 t = threadIdx.x; t < length; t += blockDim.x) sum += expf(w[t] - most);
  sum = block_sum(sum);
  for (i64 t = threadIdx.x; t < T; t += blockDim.x) {
    w[t] = t < length ? expf(w[t] - most) / sum : 0.0f;
  }
  __syncthreads();
  for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
    float o = 0;
    for (i64 t = 0; t < length; t++) o += w[t] * v[(t * N + n) * C + c];
    out[c] = o;
  }
}

// d [T] = scale w (dw − Σ w dw) where dw = dOut vᵀ. The block has met at its end.
__device__ inline void score_gradients(const float* w, const float* v, const float* dOut, float* d,
                                       float scale, i64 length, i64 n, i64 N, i64 C) {
  unsigned lane = threadIdx.x % 32;
  for (i64 t = threadIdx.x / 32; t < length; t += blockDim.x / 32) {
    float dot = 0;
    for (i64 c = lane; c < C; c += 32) dot += dOut[c] * v[(t * N + n) * C + c];
    dot = warp_sum(dot);
    if (lane == 0) d[t] = dot;
  }
  __syncthreads();
  float sum = 0;
  for (i64 t = threadIdx.x; t < length; t += blockDim.x) sum += w[t] * d[t];
  sum = block_sum(sum);
  for (i64 t = threadIdx.x; t < length; t += blockDim.x) d[t] = scale * w[t] * (d[t] - sum);
  __syncthreads();
}

// dv [C] of key t = its weights' column times dOut, over so many queries. One block a key.
__device__ inline void value_gradients(const float* weights, const float* dOut, float* dv, i64 t,
                                       i64 n, i64 queries, i64 N, i64 T, i64 C) {
  for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
    float g = 0;
    for (i64 i = 0; i < queries; i++) g += weights[(i * N + n) * T + t] * dOut[(i * N + n) * C + c];
    dv[c] = g;
  }
}
