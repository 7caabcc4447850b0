// out[m] = softmax(logits[m]), one block a row; out may be logits.
#include "softmax.cuh"

KERNEL probabilities(const float* logits, float* out, i64 M, i64 C) {
  for (i64 m = blockIdx.x; m < M; m += gridDim.x) {
    const float* z = logits + m * C;
    SoftmaxRow row = softmax_row(z, C);
    float scale = (float)(1.0 / row.sum);
    for (i64 c = threadIdx.x; c < C; c += blockDim.x) out[m * C + c] = expf(z[c] - row.most) * scale;
    __syncthreads();
  }
}
