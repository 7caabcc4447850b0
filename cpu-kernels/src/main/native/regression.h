// Losses of real-valued predictions with their gradients. Sums are in double, of blocks of fixed size.
#pragma once
#include "doubles.h"
#include "each.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

// As dev.carousel.spi.Penalty.Kind.
enum class Penalty { squared, absolute, huber };

static inline vf cost(Penalty kind, vf error, float delta) {
  vf size = error < vf{} ? -error : error;
  if (kind == Penalty::squared) return error * error;
  if (kind == Penalty::absolute) return size;
  return size <= delta ? error * error * 0.5f : delta * (size - delta / 2);
}

static inline vf slope(Penalty kind, vf error, float delta) {
  if (kind == Penalty::squared) return 2.0f * error;
  if (kind == Penalty::huber) return clamp(error, -delta, delta);
  return error > vf{} ? all(1.0f) : error < vf{} ? all(-1.0f) : error;  // 0 and NaN stay
}

// A target that is NaN does not count.
static inline double regressionBlock(const RegressionOperands& o, long from, long count) {
  Penalty kind = static_cast<Penalty>(o.penalty);
  vd sum[2] = {};
  eachVector(count, [&](long i, int n) {
    alignas(64) float costs[V];
    vf y = load(o.predictions + from + i, n), t = load(o.targets + from + i, n);
    vi counts = t == t;
    vf error = counts ? y - t : vf{};
    store(costs, cost(kind, error, o.delta));
    sum[0] += doubles(costs);
    sum[1] += doubles(costs + V / 2);
    if (o.dPredictions == nullptr) return;
    store(o.dPredictions + from + i, counts ? o.factor * slope(kind, error, o.delta) : vf{}, n);
  });
  return total(sum[0] + sum[1]);
}

static double regression(Team& team, const RegressionOperands& o) {
  long blocks = (o.count + SHARE - 1) / SHARE;
  double* sums = new double[blocks];
  shareItems(team, blocks, o.count, [=](long b) {
    long from = b * SHARE;
    sums[b] = regressionBlock(o, from, o.count - from < SHARE ? o.count - from : SHARE);
  });
  double sum = 0;
  for (long b = 0; b < blocks; b++) sum += sums[b];
  delete[] sums;
  return sum;
}

}  // namespace carousel::CAROUSEL_ISA
