// Softmax cross entropy with class weights w and label smoothing e: for gold label g
// −(1 − e) w_g log p_g − (e / C) Σ w_c log p_c. Rows whose label is negative do not count; a label that
// is not below C makes the loss NaN.
#include "softmax.cuh"

// loss[1] = Σ w_g of the rows that count. One block.
KERNEL softmax_weight(const int* gold, const float* weights, float* loss, i64 M, i64 C) {
  double sum = 0;
  for (i64 m = threadIdx.x; m < M; m += blockDim.x) {
    if (gold[m] >= 0 && gold[m] < C) sum += weights == nullptr ? 1.0 : (double)weights[gold[m]];
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) loss[1] = (float)sum;
}

// One block a row: the row's loss, and its gradient where dLogits is given, which may be logits.
KERNEL softmax_loss(const float* logits, const int* gold, const float* weights, float smoothing,
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
    double share = (double)smoothing / (double)C;
    double all = 0;
    double weighted = 0;
    if (smoothing > 0) {
      for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
        double w = weights == nullptr ? 1.0 : (double)weights[c];
        all += w;
        weighted += w * ((double)z[c] - (double)row.most);
      }
      all = block_sum(all);
      weighted = block_sum(weighted);
    }
    bool known = g < C;
    double direct = (1.0 - (double)smoothing) * (known && weights != nullptr ? (double)weights[g] : 1.0);
    double logSum = log(row.sum);  // relative to the largest logit, like everything below
    if (threadIdx.x == 0) {
      double own = known ? (double)z[g] - (double)row.most : (double)not_a_number();
      rowLosses[m] = direct * (logSum - own) + share * (all * logSum - weighted);
    }
    if (dLogits == nullptr) continue;
    __syncthreads();
    double factor = loss[1] > 0 ? scale / (double)loss[1] : 0.0;
    float slope = (float)(factor * (direct + share * all) / row.sum);
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) {
      float d = expf(z[c] - row.most) * slope;
      if (smoothing > 0) d -= (float)(factor * share * (weights == nullptr ? 1.0 : (double)weights[c]));
      if (c == g) d -= (float)(factor * direct);
      dLogits[m * C + c] = d;
    }
    __syncthreads();
  }
}
