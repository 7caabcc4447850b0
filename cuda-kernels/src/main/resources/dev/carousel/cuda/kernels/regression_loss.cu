// Losses of real-valued predictions: squared (0), absolute (1) or Huber's (2) error of each element whose
// target is not NaN.
#include "common.cuh"

// loss[1] = the number of elements that count. One block.
KERNEL regression_count(const float* targets, float* loss, i64 n) {
  double counted = 0;
  for (i64 i = threadIdx.x; i < n; i += blockDim.x) counted += targets[i] == targets[i] ? 1 : 0;
  counted = block_sum(counted);
  if (threadIdx.x == 0) loss[1] = (float)counted;
}

// The sum of each block's elements; the gradient where given, which may be the predictions.
KERNEL regression_loss(const float* predictions, const float* targets, int kind, double delta, double scale,
                       const float* loss, double* blockLosses, float* gradient, i64 n) {
  double factor = loss[1] > 0 ? scale / (double)loss[1] : 0.0;
  double sum = 0;
  EACH(i, n) {
    bool counts = targets[i] == targets[i];
    double e = counts ? (double)predictions[i] - (double)targets[i] : 0.0;
    double size = fabs(e);
    double cost = kind == 0 ? e * e : size;
    double slope = kind == 0 ? 2 * e : (e > 0 ? 1.0 : 0.0) - (e < 0 ? 1.0 : 0.0);
    if (e != e) slope = e;
    if (kind == 2) {
      cost = size <= delta ? e * e / 2 : delta * (size - delta / 2);
      slope = size <= delta ? e : delta * slope;
    }
    sum += cost;
    if (gradient != nullptr) gradient[i] = (float)(factor * slope);
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) blockLosses[blockIdx.x] = sum;
}
