// The L2 norm of all gradients and the clipping factor (Pascanu et al. 2013). Scalars: 0 learning rate,
// 1 largest norm, 2 step, 3 norm, 4 factor, 5 skipped updates.
#include "common.cuh"

// parts[block] = Σ g² of the block's elements.
KERNEL squares(const float* g, double* parts, i64 n) {
  double sum = 0;
  EACH(i, n) sum += (double)g[i] * (double)g[i];
  sum = block_sum(sum);
  if (threadIdx.x == 0) parts[blockIdx.x] = sum;
}

// One block.
KERNEL clip_factor(const double* parts, double* scalars, i64 n) {
  double sum = 0;
  for (i64 i = threadIdx.x; i < n; i += blockDim.x) sum += parts[i];
  sum = block_sum(sum);
  if (threadIdx.x == 0) {
    double norm = sqrt(sum);
    scalars[3] = norm;
    scalars[4] = norm > scalars[1] ? scalars[1] / norm : 1.0;
    if (!isfinite(norm)) scalars[5] += 1;
  }
}

KERNEL advance_step(double* scalars) {
  if (blockIdx.x == 0 && threadIdx.x == 0) scalars[2] += 1;
}
