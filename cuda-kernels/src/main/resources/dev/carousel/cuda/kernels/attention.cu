// Dot-product attention, out = softmax(scale q kᵀ) v for each row of the batch. q [Q, N, K],
// k [T, N, K], v [T, N, C], weights [Q, N, T], out [Q, N, C].
#include "common.cuh"

// One block a query. A warp makes one score at a time.
KERNEL attention(const float* q, const float* k, const float* v, const int* lengths, float scale,
                 float* weights, float* out, i64 Q, i64 N, i64 T, i64 K, i64 C) {
  unsigned lane = threadIdx.x % 32;
  unsigned warp = threadIdx.x / 32;
  for (i64 at = blockIdx.x; at < Q * N; at += gridDim.x) {
    i64 n = at % N;
    i64 length = length_of(lengths, n, T);
    float* w = weights + at * T;
    for (i64 t = warp; t < length; t += blockDim.x / 32) {
      float dot = 0;
      for (i64 j = lane; j < K; j += 32) dot += q[at * K + j] * k[(t * N + n) * K + j];
      for (int o = 16; o > 0; o >>= 1) dot += __shfl_xor_sync(0xffffffffu, dot, o);
      if (lane == 0) w[t] = dot * scale;
    }
    __syncthreads();
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
      out[at * C + c] = o;
    }
    __syncthreads();
  }
}

// dA = dOut vᵀ, dS = scale A (dA − Σ A dA) into scratch [Q, N, T], dq = dS k. One block a query.
KERNEL attention_scores_backward(const float* k, const float* v, const int* lengths, float scale,
                                 const float* weights, const float* dOut, float* dScores, float* dq,
                                 i64 Q, i64 N, i64 T, i64 K, i64 C) {
  unsigned lane = threadIdx.x % 32;
  unsigned warp = threadIdx.x / 32;
  for (i64 at = blockIdx.x; at < Q * N; at += gridDim.x) {
    i64 n = at % N;
    i64 length = length_of(lengths, n, T);
    const float* w = weights + at * T;
    float* d = dScores + at * T;
    for (i64 t = warp; t < length; t += blockDim.x / 32) {
      float dot = 0;
      for (i64 c = lane; c < C; c += 32) dot += dOut[at * C + c] * v[(t * N + n) * C + c];
      for (int o = 16; o > 0; o >>= 1) dot += __shfl_xor_sync(0xffffffffu, dot, o);
      if (lane == 0) d[t] = dot;
    }
    __syncthreads();
    float sum = 0;
    for (i64 t = threadIdx.x; t < length; t += blockDim.x) sum += w[t] * d[t];
    sum = block_sum(sum);
    for (i64 t = threadIdx.x; t < length; t += blockDim.x) d[t] = scale * w[t] * (d[t] - sum);
    __syncthreads();
    for (i64 j = threadIdx.x; j < K; j += blockDim.x) {
      float g = 0;
      for (i64 t = 0; t < length; t++) g += d[t] * k[(t * N + n) * K + j];
      dq[at * K + j] = g;
    }
    __syncthreads();
  }
}

// dk = dSᵀ q, dv = Aᵀ dOut: one block a key, zeros beyond the lengths.
KERNEL attention_keys_backward(const float* q, const int* lengths, const float* weights,
                               const float* dScores, const float* dOut, float* dk, float* dv, i64 Q,
                               i64 N, i64 T, i64 K, i64 C) {
  for (i64 at = blockIdx.x; at < T * N; at += gridDim.x) {
    i64 t = at / N;
    i64 n = at % N;
    i64 queries = t < length_of(lengths, n, T) ? Q : 0;
    for (i64 j = threadIdx.x; j < K; j += blockDim.x) {
      float g = 0;
      for (i64 i = 0; i < queries; i++) g += dScores[(i * N + n) * T + t] * q[(i * N + n) * K + j];
      dk[at * K + j] = g;
    }
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
      float g = 0;
      for (i64 i = 0; i < queries; i++) g += weights[(i * N + n) * T + t] * dOut[(i * N + n) * C + c];
      dv[at * C + c] = g;
    }
  }
}
