// Additive attention: the score of a query and a key is scale Σ e tanh(q + k), the rest is as in
// attention.cu, and so are the shapes; e [K]. The hyperbolic tangents are computed again backward.
#include "attention.cuh"

// One block a query. A warp makes one score at a time.
KERNEL additive_attention(const float* q, const float* k, const float* v, const float* e,
                          const int* lengths, float scale, float* weights, float* out, i64 Q, i64 N,
                          i64 T, i64 K, i64 C) {
  unsigned lane = threadIdx.x % 32;
  unsigned warp = threadIdx.x / 32;
  for (i64 at = blockIdx.x; at < Q * N; at += gridDim.x) {
    i64 n = at % N;
    i64 length = length_of(lengths, n, T);
    float* w = weights + at * T;
    for (i64 t = warp; t < length; t += blockDim.x / 32) {
      float score = 0;
      for (i64 j = lane; j < K; j += 32) score += e[j] * tanhf(q[at * K + j] + k[(t * N + n) * K + j]);
      score = warp_sum(score);
      if (lane == 0) w[t] = score * scale;
    }
    __syncthreads();
    weigh(w, v, out + at * C, length, n, N, T, C);
    __syncthreads();
  }
}

// With h = tanh(q + k): dS into scratch [Q, N, T], dq = Σ dS e (1 − h²), and each query's part of
// the gradient of e, Σ dS h, into dEnergies [Q, N, K] unless that is null. One block a query.
KERNEL additive_attention_scores_backward(const float* q, const float* k, const float* v,
                                          const float* e, const int* lengths, float scale,
                                          const float* weights, const float* dOut, float* dScores,
                                          float* dq, float* dEnergies, i64 Q, i64 N, i64 T, i64 K,
                                          i64 C) {
  for (i64 at = blockIdx.x; at < Q * N; at += gridDim.x) {
    i64 n = at % N;
    i64 length = length_of(lengths, n, T);
    float* d = dScores + at * T;
    score_gradients(weights + at * T, v, dOut + at * C, d, scale, length, n, N, C);
    for (i64 j = threadIdx.x; j < K; j += blockDim.x) {
      float slopes = 0;
      float energy = 0;
      for (i64 t = 0; t < length; t++) {
        float h = tanhf(q[at * K + j] + k[(t * N + n) * K + j]);
        slopes += d[t] * (1 - h * h);
        energy += d[t] * h;
      }
      dq[at * K + j] = e[j] * slopes;
      if (dEnergies != nullptr) dEnergies[at * K + j] = energy;
    }
    __syncthreads();
  }
}

// dk = Σ dS e (1 − h²) over the queries, dv = Aᵀ dOut: one block a key, zeros beyond the lengths.
KERNEL additive_attention_keys_backward(const float* q, const float* k, const float* e,
                                        const int* lengths, const float* weights,
                                        const float* dScores, const float* dOut, float* dk,
                                        float* dv, i64 Q, i64 N, i64 T, i64 K, i64 C) {
  for (i64 at = blockIdx.x; at < T * N; at += gridDim.x) {
    i64 t = at / N;
    i64 n = at % N;
    i64 queries = t < length_of(lengths, n, T) ? Q : 0;
    for (i64 j = threadIdx.x; j < K; j += blockDim.x) {
      float slopes = 0;
      for (i64 i = 0; i < queries; i++) {
        float h = tanhf(q[(i * N + n) * K + j] + k[at * K + j]);
        slopes += dScores[(i * N + n) * T + t] * (1 - h * h);
      }
      dk[at * K + j] = e[j] * slopes;
    }
    value_gradients(weights, dOut, dv + at * C, t, n, queries, N, T, C);
  }
}
