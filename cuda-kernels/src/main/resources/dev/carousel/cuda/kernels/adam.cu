// Adam (Kingma and Ba 2015) with L2 decay, or AdamW (Loshchilov and Hutter 2019) with decoupled decay.
// Nothing changes if the norm is not finite. Scalars as in global_norm.cu.
#include "common.cuh"

KERNEL adam(float* p, const float* g, float* m, float* v, const double* scalars, double beta1,
            double beta2, double epsilon, double decay, int decoupled, i64 n) {
  if (!isfinite(scalars[3])) return;
  double rate = scalars[0];
  float factor = (float)scalars[4];
  float l2 = decoupled ? 0.0f : (float)decay;
  float shrink = decoupled ? (float)(1.0 - rate * decay) : 1.0f;
  float step = (float)(rate / (1.0 - pow(beta1, scalars[2])));
  float correction = (float)(1.0 / (1.0 - pow(beta2, scalars[2])));
  float b1 = (float)beta1;
  float b2 = (float)beta2;
  float c1 = (float)(1.0 - beta1);
  float c2 = (float)(1.0 - beta2);
  EACH(i, n) {
    float gi = factor * g[i] + l2 * p[i];
    float mi = b1 * m[i] + c1 * gi;
    float vi = b2 * v[i] + c2 * gi * gi;
    m[i] = mi;
    v[i] = vi;
    p[i] = shrink * p[i] - step * mi / (sqrtf(vi * correction) + (float)epsilon);
  }
}
