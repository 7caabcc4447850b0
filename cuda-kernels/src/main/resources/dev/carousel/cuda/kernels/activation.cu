// y = f(x), and dx = dy f'(y) with the derivative as a function of the value. f: 0 tanh, 1 sigmoid,
// 2 relu. An output may be an input.
#include "common.cuh"

KERNEL activate(int f, const float* x, float* y, i64 n) {
  EACH(i, n) {
    float v = x[i];
    y[i] = f == 0 ? tanhf(v) : f == 1 ? 1.0f / (1.0f + expf(-v)) : v > 0 ? v : 0.0f;
  }
}

KERNEL activate_backward(int f, const float* y, const float* dy, float* dx, i64 n) {
  EACH(i, n) {
    float v = y[i];
    float slope = f == 0 ? 1.0f - v * v : f == 1 ? v * (1.0f - v) : v > 0 ? 1.0f : 0.0f;
    dx[i] = dy[i] * slope;
  }
}
