// Sums in a fixed order, in double.
#include "common.cuh"

// out[0] = Σ parts. One block.
KERNEL sum_parts(const double* parts, float* out, i64 n) {
  double sum = 0;
  for (i64 i = threadIdx.x; i < n; i += blockDim.x) sum += parts[i];
  sum = block_sum(sum);
  if (threadIdx.x == 0) out[0] = (float)sum;
}

// parts[block, c] = Σ of the block's rows of x [M, C].
KERNEL column_parts(const float* x, double* parts, i64 M, i64 C) {
  i64 rows = (M + gridDim.x - 1) / gridDim.x;
  i64 from = blockIdx.x * rows;
  i64 end = from + rows < M ? from + rows : M;
  for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
    double sum = 0;
    for (i64 m = from; m < end; m++) sum += (double)x[m * C + c];
    parts[blockIdx.x * C + c] = sum;
  }
}

// y[c] += scale Σ parts[·, c].
KERNEL add_columns(const double* parts, double scale, float* y, i64 n, i64 C) {
  EACH(c, C) {
    double sum = 0;
    for (i64 i = 0; i < n; i++) sum += parts[i * C + c];
    y[c] += (float)(scale * sum);
  }
}
