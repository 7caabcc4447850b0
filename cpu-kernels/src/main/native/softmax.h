// Rows of scores as exponentials. Sums over a row are in double.
#pragma once
#include <cmath>

#include "doubles.h"
#include "each.h"

namespace carousel::CAROUSEL_ISA {

static inline double total(vf x) {
  double sum = 0;
  for (int i = 0; i < V; i++) sum += x[i];
  return sum;
}

// NaNs are passed over here; their exponentials show them.
static inline float largest(const float* z, long n) {
  vf most = all(-__builtin_inff());
  long i = 0;
  for (; i + V <= n; i += V) {
    vf x = load(z + i);
    most = x > most ? x : most;
  }
  float m = most[0];
  for (int j = 1; j < V; j++) m = most[j] > m ? most[j] : m;
  for (; i < n; i++) m = z[i] > m ? z[i] : m;
  return m;
}

// e^(z - max), written to `to` unless that is null; returns their sum.
static inline double exponentials(const float* z, long n, float max, float* to) {
  vd sum[2] = {};
  long i = 0;
  for (; i + V <= n; i += V) {
    alignas(64) float e[V];
    vf x = exponential(load(z + i) - max);
    store(e, x);
    sum[0] += doubles(e);
    sum[1] += doubles(e + V / 2);
    if (to != nullptr) store(to + i, x);
  }
  double rest = 0;
  if (i < n) {
    vf x = exponential(load(z + i, (int)(n - i)) - max);
    for (int j = 0; j < n - i; j++) rest += x[j];
    if (to != nullptr) store(to + i, x, (int)(n - i));
  }
  return total(sum[0] + sum[1]) + rest;
}

static inline void scale(float* d, long n, float by) {
  eachVector(n, [&](long i, int k) { store(d + i, load(d + i, k) * by, k); });
}

// e^(z - max) / their sum, in place.
static inline void softmax(float* z, long n) { scale(z, n, (float)(1 / exponentials(z, n, largest(z, n), z))); }

}  // namespace carousel::CAROUSEL_ISA
