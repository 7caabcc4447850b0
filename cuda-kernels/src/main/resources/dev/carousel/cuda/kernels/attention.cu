// Dot-product attention, out = softmax(scale q kᵀ) v for each row of the batch. q [Q, N, K],
// k [T, N, K], v [T, N, C], weights [Q, N, T], out [Q, N, C].
#include "attention.cuh"

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
      dot = warp_sum(dot);
      if (lane == 0) w[t] = dot * scale;
    }
    __syncthreads();
    weigh(w, v, out + at * C, length, n, N, T, C);
    __syncthreads();
  }
}

// dA = dOut vᵀ, dS = scale A (dA − Σ A dA) into scratch [Q, N, T], dq = dS k. One block a query.
KERNEL attention_scores_backward(const float* k, const float* v, const int* lengths, float scale,
                                 const float* weights, const float* dOut, float* dScores, float* dq,
                                 i64 Q, i64 N, i64 T, i64 K, i64 C) {
  for (i64 at = blockIdx.x; at < Q * N; at += gridDim.x) {
    i64 n = at % N;
    i64 length = length_of(lengths, n, T);
    float* d = dScores + at * T;
    score_gradients(weights + at * T, v, dOut + at * C, d, scale, length, n, N, C);
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
    value_gradients(weights, dOut, dv + at * C, t, n, queries, N, T, C);
  }
}
