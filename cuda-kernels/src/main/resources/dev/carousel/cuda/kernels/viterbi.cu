// The best label sequence of each row of a CRF (Viterbi 1967); the lower label of equals.
#include "crf.cuh"

// best [2, N, K] and back [T, N, K] are scratch.
KERNEL viterbi(const float* emissions, const float* transitions, const int* lengths, double* best,
               int* back, int* path, float* score, i64 T, i64 N, i64 K) {
  for (i64 n = blockIdx.x; n < N; n += gridDim.x) {
    i64 length = length_of(lengths, n, T);
    for (i64 t = 0; t < length; t++) {
      const double* before = best + ((t + 1) % 2 * N + n) * K;
      for (i64 j = threadIdx.x; j < K; j += blockDim.x) {
        double most = (double)transitions[K * K + j];
        int from = 0;
        for (i64 i = 0; t > 0 && i < K; i++) {
          double s = before[i] + (double)transitions[i * K + j];
          if (i == 0 || s > most) {
            most = s;
            from = (int)i;
          }
        }
        best[(t % 2 * N + n) * K + j] = most + (double)emissions[(t * N + n) * K + j];
        back[(t * N + n) * K + j] = from;
      }
      __syncthreads();
    }
    if (threadIdx.x == 0) {
      double most = 0;
      int label = 0;
      for (i64 j = 0; length > 0 && j < K; j++) {
        double s = best[((length - 1) % 2 * N + n) * K + j] + (double)transitions[(K + 1) * K + j];
        if (j == 0 || s > most) {
          most = s;
          label = (int)j;
        }
      }
      score[n] = (float)most;
      for (i64 t = T - 1; t >= 0; t--) {
        path[t * N + n] = t < length ? label : -1;
        if (t < length) label = back[(t * N + n) * K + label];
      }
    }
    __syncthreads();
  }
}
