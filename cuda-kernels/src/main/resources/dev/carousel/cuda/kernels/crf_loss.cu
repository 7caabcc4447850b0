// Negative log-likelihood of a linear-chain CRF (Lafferty et al. 2001) and its gradient, by the
// forward-backward algorithm.
#include "crf.cuh"

// loss[1] = the number of rows with at least one step. One block.
KERNEL crf_rows(const int* lengths, float* loss, i64 T, i64 N) {
  double rows = 0;
  for (i64 n = threadIdx.x; n < N; n += blockDim.x) rows += length_of(lengths, n, T) > 0 ? 1 : 0;
  rows = block_sum(rows);
  if (threadIdx.x == 0) loss[1] = (float)rows;
}

// alpha [T, N, K]: log of the sum over all paths that end in a label at a step. rowLosses [N].
KERNEL crf_forward(const float* emissions, const float* transitions, const int* lengths,
                   const int* gold, double* alpha, double* logZ, double* rowLosses, i64 T, i64 N,
                   i64 K) {
  for (i64 n = blockIdx.x; n < N; n += gridDim.x) {
    i64 length = length_of(lengths, n, T);
    for (i64 t = 0; t < length; t++) {
      const float* e = emissions + (t * N + n) * K;
      const double* before = alpha + ((t - 1) * N + n) * K;
      for (i64 j = threadIdx.x; j < K; j += blockDim.x) {
        double reach = t == 0 ? (double)transitions[K * K + j] : log_sum_exp(before, transitions + j, K, K);
        alpha[(t * N + n) * K + j] = reach + (double)e[j];
      }
      __syncthreads();
    }
    if (threadIdx.x == 0) {
      double score = 0;
      double total = 0;
      i64 from = K;
      for (i64 t = 0; t < length; t++) {
        i64 to = gold[t * N + n];
        bool known = to >= 0 && to < K;
        score += known ? (double)transitions[from * K + to] + (double)emissions[(t * N + n) * K + to]
                       : (double)not_a_number();
        from = known ? to : 0;
      }
      if (length > 0) {
        const float* end = transitions + (K + 1) * K;
        score += (double)end[from];
        total = log_sum_exp(alpha + ((length - 1) * N + n) * K, end, 1, K);
      }
      logZ[n] = total;
      rowLosses[n] = total - score;
    }
  }
}

// Marginals give both gradients: dEmissions [T, N, K] written everywhere, and what each row adds to
// dTransitions in parts [N, K + 2, K]. beta [2, N, K] is scratch. Either gradient may be null.
KERNEL crf_backward(const float* emissions, const float* transitions, const int* lengths,
                    const int* gold, const double* alpha, const double* logZ, const float* loss,
                    double scale, double* beta, float* dEmissions, double* parts, i64 T, i64 N, i64 K) {
  for (i64 n = blockIdx.x; n < N; n += gridDim.x) {
    i64 length = length_of(lengths, n, T);
    double factor = loss[1] > 0 ? scale / (double)loss[1] : 0.0;
    double* part = parts == nullptr ? nullptr : parts + n * (K + 2) * K;
    for (i64 i = threadIdx.x; part != nullptr && i < (K + 2) * K; i += blockDim.x) part[i] = 0;
    for (i64 i = threadIdx.x; dEmissions != nullptr && i < (T - length) * K; i += blockDim.x) {
      dEmissions[((length + i / K) * N + n) * K + i % K] = 0;
    }
    for (i64 j = threadIdx.x; length > 0 && j < K; j += blockDim.x) {
      beta[((length - 1) % 2 * N + n) * K + j] = (double)transitions[(K + 1) * K + j];
    }
    __syncthreads();
    for (i64 t = length - 1; t >= 0; t--) {
      const float* e = emissions + (t * N + n) * K;
      const double* a = alpha + (t * N + n) * K;
      const double* before = alpha + ((t - 1) * N + n) * K;
      const double* b = beta + (t % 2 * N + n) * K;
      double* next = beta + ((t + 1) % 2 * N + n) * K;
      i64 label = gold[t * N + n];
      i64 previous = t > 0 ? gold[(t - 1) * N + n] : K;
      for (i64 j = threadIdx.x; j < K; j += blockDim.x) {
        double p = exp(a[j] + b[j] - logZ[n]) - (j == label ? 1.0 : 0.0);
        if (dEmissions != nullptr) dEmissions[(t * N + n) * K + j] = (float)(factor * p);
        if (part != nullptr && t == 0) part[K * K + j] += p;
        if (part != nullptr && t == length - 1) part[(K + 1) * K + j] += p;
      }
      for (i64 at = threadIdx.x; part != nullptr && t > 0 && at < K * K; at += blockDim.x) {
        i64 i = at / K;
        i64 j = at % K;
        double p = exp(before[i] + (double)transitions[at] + (double)e[j] + b[j] - logZ[n]);
        part[at] += p - (i == previous && j == label ? 1.0 : 0.0);
      }
      for (i64 i = threadIdx.x; t > 0 && i < K; i += blockDim.x) {
        double most = -INFINITY;
        for (i64 j = 0; j < K; j++) {
          double s = (double)transitions[i * K + j] + (double)e[j] + b[j];
          most = s > most ? s : most;
        }
        double sum = 0;
        for (i64 j = 0; j < K; j++) {
          sum += exp((double)transitions[i * K + j] + (double)e[j] + b[j] - most);
        }
        next[i] = most + log(sum);
      }
      __syncthreads();
    }
  }
}

// dTransitions += scale / rows · Σ parts.
KERNEL crf_add_transitions(const double* parts, const float* loss, double scale, float* dTransitions,
                           i64 N, i64 K) {
  double factor = loss[1] > 0 ? scale / (double)loss[1] : 0.0;
  EACH(i, (K + 2) * K) {
    double sum = 0;
    for (i64 n = 0; n < N; n++) sum += parts[n * (K + 2) * K + i];
    dTransitions[i] += (float)(factor * sum);
  }
}
