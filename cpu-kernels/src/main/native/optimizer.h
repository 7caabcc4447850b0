// Updates over flat buffers, one pass each. Their formulas are in the Java records AdamUpdate and SgdUpdate.
#pragma once
#include <cmath>

#include "doubles.h"
#include "each.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

static inline vf root(vf x) {
#if defined(__AVX512F__)
  return (vf)_mm512_sqrt_ps((__m512)x);
#else
  return (vf)_mm256_sqrt_ps((__m256)x);
#endif
}

struct Squares {
  const float* g;
  long count;
  double* sums;  // of each SHARE numbers
};

static void squaresWork(void* job, int rank, int size) {
  const Squares& s = *static_cast<Squares*>(job);
  long shares = (s.count + SHARE - 1) / SHARE;
  for (long b = shares * rank / size; b < shares * (rank + 1) / size; b++) {
    long i = b * SHARE, end = i + SHARE < s.count ? i + SHARE : s.count;
    vd sum[4] = {};
    for (; i + 2 * V <= end; i += 2 * V) {
#pragma GCC unroll 4
      for (int u = 0; u < 4; u++) {
        vd x = doubles(s.g + i + u * V / 2);
        sum[u] += x * x;
      }
    }
    double rest = 0;
    for (; i < end; i++) rest += (double)s.g[i] * s.g[i];
    s.sums[b] = total((sum[0] + sum[1]) + (sum[2] + sum[3])) + rest;
  }
}

static double sumOfSquares(Team& team, const float* g, long count) {
  long shares = (count + SHARE - 1) / SHARE;
  double* sums = new double[shares];
  Squares s{g, count, sums};
  team.run(shares < 2 ? 1 : team.size(), squaresWork, &s);
  double sum = 0;
  for (long i = 0; i < shares; i++) sum += sums[i];
  delete[] sums;
  return sum;
}

struct AdamStep {
  AdamOperands o;
  float factor, beta1, beta2, rest1, rest2, rate, correction, epsilon, l2, shrink;
};

static void adamWork(void* job, int rank, int size) {
  const AdamStep s = *static_cast<AdamStep*>(job);
  eachVector(s.o.count, rank, size, [&](long i, int n) {
    vf p = load(s.o.p + i, n);
    vf g = s.factor * load(s.o.g + i, n) + s.l2 * p;
    vf m = s.beta1 * load(s.o.m + i, n) + s.rest1 * g;
    vf v = s.beta2 * load(s.o.v + i, n) + s.rest2 * g * g;
    store(s.o.m + i, m, n);
    store(s.o.v + i, v, n);
    store(s.o.p + i, s.shrink * p - s.rate * m / (root(v * s.correction) + s.epsilon), n);
  });
}

// The rests come from doubles: the difference of floats is 5e-5 off.
static void adam(Team& team, const AdamOperands& o) {
  AdamStep s{o,
             (float)o.factor,
             (float)o.beta1,
             (float)o.beta2,
             (float)(1 - o.beta1),
             (float)(1 - o.beta2),
             (float)(o.rate / (1 - std::pow(o.beta1, o.step))),
             (float)(1 / (1 - std::pow(o.beta2, o.step))),
             (float)o.epsilon,
             o.decoupled ? 0 : (float)o.decay,
             o.decoupled ? (float)(1 - o.rate * o.decay) : 1};
  team.run(o.count < SHARE ? 1 : team.size(), adamWork, &s);
}

static void sgdWork(void* job, int rank, int size) {
  const SgdOperands o = *static_cast<SgdOperands*>(job);
  float factor = (float)o.factor, rate = (float)o.rate, momentum = (float)o.momentum, decay = (float)o.decay;
  float direct = o.nesterov ? 1 : 0, indirect = o.nesterov ? momentum : 1;
  eachVector(o.count, rank, size, [&](long i, int n) {
    vf p = load(o.p + i, n);
    vf g = factor * load(o.g + i, n) + decay * p;
    if (o.u != nullptr) {
      vf u = momentum * load(o.u + i, n) + g;
      store(o.u + i, u, n);
      g = direct * g + indirect * u;
    }
    store(o.p + i, p - rate * g, n);
  });
}

static void sgd(Team& team, const SgdOperands& o) {
  SgdOperands job = o;
  team.run(o.count < SHARE ? 1 : team.size(), sgdWork, &job);
}

}  // namespace carousel::CAROUSEL_ISA
