// Layer normalisation of M rows of C features, one block a row (Ba, Kiros and Hinton 2016).
#include "common.cuh"

// y = gain (x − mean) / sqrt(var + epsilon) + shift; statistics [M, 2] are mean and 1 / sqrt(var + epsilon).
KERNEL layer_norm(const float* x, const float* gain, const float* shift, double epsilon, float* y,
                  float* statistics, i64 M, i64 C) {
  for (i64 m = blockIdx.x; m < M; m += gridDim.x) {
    double sum = 0;
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) sum += (double)x[m * C + c];
    double mean = block_sum(sum) / (double)C;
    double squares = 0;
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
      double d = (double)x[m * C + c] - mean;
      squares += d * d;
    }
    double inverse = 1.0 / sqrt(block_sum(squares) / (double)C + epsilon);
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
      y[m * C + c] = (float)((double)gain[c] * ((double)x[m * C + c] - mean) * inverse + (double)shift[c]);
    }
    if (threadIdx.x == 0) {
      statistics[2 * m] = (float)mean;
      statistics[2 * m + 1] = (float)inverse;
    }
  }
}

// dx = (g − mean(g) − n mean(g n)) inverse, where g = gain dy and n is the normalised x.
KERNEL layer_norm_backward(const float* x, const float* gain, const float* statistics, const float* dy,
                           float* dx, i64 M, i64 C) {
  for (i64 m = blockIdx.x; m < M; m += gridDim.x) {
    float mean = statistics[2 * m];
    float inverse = statistics[2 * m + 1];
    double g = 0;
    double gn = 0;
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
      double own = (double)gain[c] * (double)dy[m * C + c];
      g += own;
      gn += own * (double)((x[m * C + c] - mean) * inverse);
    }
    float meanOfG = (float)(block_sum(g) / (double)C);
    float meanOfGn = (float)(block_sum(gn) / (double)C);
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
      float n = (x[m * C + c] - mean) * inverse;
      dx[m * C + c] = (gain[c] * dy[m * C + c] - meanOfG - n * meanOfGn) * inverse;
    }
  }
}

// dGain += Σ dy n, dShift += Σ dy over the rows; either may be null. One thread a feature.
KERNEL layer_norm_gain(const float* x, const float* statistics, const float* dy, float* dGain,
                       float* dShift, i64 M, i64 C) {
  EACH(c, C) {
    double gain = 0;
    double shift = 0;
    for (i64 m = 0; m < M; m++) {
      float d = dy[m * C + c];
      shift += (double)d;
      gain += (double)d * (double)((x[m * C + c] - statistics[2 * m]) * statistics[2 * m + 1]);
    }
    if (dGain != nullptr) dGain[c] += (float)gain;
    if (dShift != nullptr) dShift[c] += (float)shift;
  }
}
