// Logistic loss: −w t log σ(x) − (1 − t) log(1 − σ(x)) for each element with target t. A row whose first
// target is negative does not count; a target above 1, or below 0 elsewhere, makes the loss NaN.
#include "sigmoid.cuh"

// loss[1] = the number of elements that count. One block.
KERNEL sigmoid_count(const float* targets, float* loss, i64 M, i64 C) {
  double rows = 0;
  for (i64 m = threadIdx.x; m < M; m += blockDim.x) rows += targets[m * C] >= 0 ? 1 : 0;
  rows = block_sum(rows);
  if (threadIdx.x == 0) loss[1] = (float)(rows * (double)C);
}

// The sum of each block's elements; the gradient where dLogits is given, which may be logits.
KERNEL sigmoid_loss(const float* logits, const float* targets, const float* weights, double scale,
                    const float* loss, double* blockLosses, float* dLogits, i64 M, i64 C) {
  float factor = loss[1] > 0 ? (float)(scale / (double)loss[1]) : 0.0f;
  double sum = 0;
  EACH(i, M * C) {
    float x = logits[i];
    float t = targets[i];
    bool counts = targets[i / C * C] >= 0;
    if (counts && !(t >= 0 && t <= 1)) t = not_a_number();
    float w = weights == nullptr ? 1.0f : weights[i % C];
    float positive = counts ? w * t : 0.0f;
    float negative = counts ? 1.0f - t : 0.0f;
    sum += (double)positive * minus_log_sigmoid(x) + (double)negative * minus_log_sigmoid(-x);
    if (dLogits != nullptr) {
      float p = 1.0f / (1.0f + expf(-x));
      float q = 1.0f / (1.0f + expf(x));
      dLogits[i] = factor * (negative * p - positive * q);
    }
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) blockLosses[blockIdx.x] = sum;
}
