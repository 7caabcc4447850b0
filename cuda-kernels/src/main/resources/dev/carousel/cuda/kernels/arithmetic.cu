// Sums, products, bounds; an output may be an input.
#include "common.cuh"

KERNEL add(const float* a, const float* b, float* out, i64 n) {
  EACH(i, n) out[i] = a[i] + b[i];
}

KERNEL add_scaled(float alpha, const float* x, float* y, i64 n) {
  EACH(i, n) y[i] += alpha * x[i];
}

KERNEL multiply(const float* a, const float* b, float* out, i64 n) {
  EACH(i, n) out[i] = a[i] * b[i];
}

// x = min(max(x, −bound), bound); NaN stays.
KERNEL clamp(float* x, float bound, i64 n) {
  EACH(i, n) {
    float v = x[i];
    x[i] = v < -bound ? -bound : v > bound ? bound : v;
  }
}
