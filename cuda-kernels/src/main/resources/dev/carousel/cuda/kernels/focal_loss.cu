// Focal losses (Lin et al. 2017): cross entropies times (1 − p)^focus, p being the probability of what is
// right. What does not count, and what is out of range, as in the plain losses.
#include "sigmoid.cuh"
#include "softmax.cuh"

// One block a row: its loss −w q^focus log p with q = 1 − p, and the gradient w q^focus (1 − focus p log p / q)
// (p − e_g) where dLogits is given, which may be logits.
KERNEL focal_softmax_loss(const float* logits, const int* gold, const float* weights, double focus,
                          double scale, const float* loss, double* rowLosses, float* dLogits, i64 M, i64 C) {
  for (i64 m = blockIdx.x; m < M; m += gridDim.x) {
    const float* z = logits + m * C;
    i64 g = gold[m];
    if (g < 0) {
      if (threadIdx.x == 0) rowLosses[m] = 0;
      for (i64 c = threadIdx.x; dLogits != nullptr && c < C; c += blockDim.x) dLogits[m * C + c] = 0;
      continue;
    }
    SoftmaxRow row = softmax_row(z, C);
    bool known = g < C;
    double logP = known ? (double)z[g] - (double)row.most - log(row.sum) : (double)not_a_number();
    if (logP > 0) logP = 0;
    double q = -expm1(logP);
    double weight = (known && weights != nullptr ? (double)weights[g] : 1.0) * pow(q, focus);
    if (threadIdx.x == 0) rowLosses[m] = -weight * logP;
    if (dLogits == nullptr) continue;
    __syncthreads();
    double ratio = q == 0 ? -1.0 : logP / q;
    double factor = loss[1] > 0 ? scale / (double)loss[1] : 0.0;
    double slope = factor * weight * (1.0 - focus * exp(logP) * ratio);
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
      float d = expf(z[c] - row.most) * (float)(slope / row.sum);
      dLogits[m * C + c] = c == g ? d - (float)slope : d;
    }
    __syncthreads();
  }
}

// The sum of each block's elements; the gradient where dLogits is given, which may be logits. With p = σ(x)
// and q = 1 − p the derivative of −q^focus log p is q^focus (focus p log p − q).
KERNEL focal_sigmoid_loss(const float* logits, const float* targets, const float* weights, double focus,
                          double scale, const float* loss, double* blockLosses, float* dLogits, i64 M,
                          i64 C) {
  float gamma = (float)focus;
  float factor = loss[1] > 0 ? (float)(scale / (double)loss[1]) : 0.0f;
  double sum = 0;
  EACH(i, M * C) {
    float x = logits[i];
    float t = targets[i];
    bool counts = targets[i / C * C] >= 0;
    if (counts && !(t >= 0 && t <= 1)) t = not_a_number();
    float w = weights == nullptr ? 1.0f : weights[i % C];
    float p = 1.0f / (1.0f + expf(-x));
    float q = 1.0f / (1.0f + expf(x));
    float positive = counts ? w * t * powf(q, gamma) : 0.0f;
    float negative = counts ? (1.0f - t) * powf(p, gamma) : 0.0f;
    float minusLogP = minus_log_sigmoid(x);
    float minusLogQ = minus_log_sigmoid(-x);
    sum += (double)positive * minusLogP + (double)negative * minusLogQ;
    if (dLogits != nullptr) {
      dLogits[i] =
          factor * (negative * (p + gamma * q * minusLogQ) - positive * (q + gamma * p * minusLogP));
    }
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) blockLosses[blockIdx.x] = sum;
}
