// Gradient descent: u = μ u + g, p −= lr u, or with Nesterov's look-ahead p −= lr (g + μ u). Without
// velocity plain. Nothing changes if the norm is not finite. Scalars as in global_norm.cu.
#include "common.cuh"

KERNEL sgd(float* p, const float* g, float* u, const double* scalars, float momentum, int nesterov,
           float decay, i64 n) {
  if (!isfinite(scalars[3])) return;
  float rate = (float)scalars[0];
  float factor = (float)scalars[4];
  EACH(i, n) {
    float d = factor * g[i] + decay * p[i];
    if (u != nullptr) {
      float velocity = momentum * u[i] + d;
      u[i] = velocity;
      d = nesterov ? d + momentum * velocity : velocity;
    }
    p[i] -= rate * d;
  }
}
