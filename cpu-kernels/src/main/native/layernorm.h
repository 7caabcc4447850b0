// Layer normalisation. Rows are in doubles while they are worked on, so that a mean far from 0 costs no digits; the formulas
// are in the Java records LayerNormForward and LayerNormBackward.
#pragma once
#include <cmath>

#include "doubles.h"
#include "each.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

// f(i, vector) for each vector of doubles of a row, then f(i, number) for each number that is left.
template <class F>
static inline void eachNumber(long n, F f) {
  long i = 0;
  for (; i + VD <= n; i += VD) f(i, vd{});
  for (; i < n; i++) f(i, 0.0);
}

static inline vd read(const float* p, vd) { return doubles(p); }
static inline double read(const float* p, double) { return *p; }
static inline vd read(const double* p, vd) { return load(p); }
static inline double read(const double* p, double) { return *p; }
static inline void write(float* p, vd x) { *reinterpret_cast<half*>(p) = __builtin_convertvector(x, half); }
static inline void write(float* p, double x) { *p = (float)x; }
static inline void write(double* p, vd x) { store(p, x); }
static inline void write(double* p, double x) { *p = x; }

// A sum of a row: of its vectors, and of what is left.
struct RowSum {
  vd many = {};
  double few = 0;
  void add(vd x) { many += x; }
  void add(double x) { few += x; }
  double value() const { return total(many) + few; }
};

static inline void normalizeRow(const LayerNormOperands& o, long r, float* y, float* statistics) {
  const float* x = o.x + r * o.features;
  RowSum sum, squares;
  eachNumber(o.features, [&](long c, auto lane) { sum.add(read(x + c, lane)); });
  double mean = sum.value() / (double)o.features;
  eachNumber(o.features, [&](long c, auto lane) {
    auto d = read(x + c, lane) - mean;
    squares.add(d * d);
  });
  double inverse = 1 / std::sqrt(squares.value() / (double)o.features + o.epsilon);
  eachNumber(o.features, [&](long c, auto lane) {
    auto n = (read(x + c, lane) - mean) * inverse;
    write(y + r * o.features + c, read(o.gain + c, lane) * n + read(o.shift + c, lane));
  });
  statistics[2 * r] = (float)mean;
  statistics[2 * r + 1] = (float)inverse;
}

static void layerNorm(Team& team, const LayerNormOperands& o, float* y, float* statistics) {
  shareItems(team, o.rows, o.rows * o.features, [=](long r) { normalizeRow(o, r, y, statistics); });
}

// Writes the gradient of a row's input; adds dy n and dy to sums [2 C].
static inline void differentiateRow(const LayerNormOperands& o, const LayerNormGradients& g, long r, double* sums) {
  const float *x = o.x + r * o.features, *dy = g.dy + r * o.features;
  double mean = g.statistics[2 * r], inverse = g.statistics[2 * r + 1];
  RowSum ofGradient, ofProduct;
  eachNumber(o.features, [&](long c, auto lane) {
    auto n = (read(x + c, lane) - mean) * inverse, d = read(dy + c, lane), own = read(o.gain + c, lane) * d;
    write(sums + c, read(sums + c, lane) + d * n);
    write(sums + o.features + c, read(sums + o.features + c, lane) + d);
    ofGradient.add(own);
    ofProduct.add(own * n);
  });
  double first = ofGradient.value() / (double)o.features, second = ofProduct.value() / (double)o.features;
  eachNumber(o.features, [&](long c, auto lane) {
    auto n = (read(x + c, lane) - mean) * inverse, own = read(o.gain + c, lane) * read(dy + c, lane);
    write(g.dx + r * o.features + c, (own - first - n * second) * inverse);
  });
}

static void layerNormBackward(Team& team, const LayerNormOperands& o, const LayerNormGradients& g) {
  constexpr long BLOCKS = 64, LEAST = 32;  // rows of a block depend on the shape alone, and so does the order of sums
  long C = o.features, per = (o.rows + BLOCKS - 1) / BLOCKS < LEAST ? LEAST : (o.rows + BLOCKS - 1) / BLOCKS;
  long blocks = (o.rows + per - 1) / per;
  double* sums = new double[blocks * 2 * C]();
  shareItems(team, blocks, o.rows * C, [=](long b) {
    long end = (b + 1) * per < o.rows ? (b + 1) * per : o.rows;
    for (long r = b * per; r < end; r++) differentiateRow(o, g, r, sums + b * 2 * C);
  });
  for (long c = 0; c < C; c++) {
    double ofGain = 0, ofShift = 0;
    for (long b = 0; b < blocks; b++) {
      ofGain += sums[b * 2 * C + c];
      ofShift += sums[(b * 2 + 1) * C + c];
    }
    if (g.dGain != nullptr) g.dGain[c] += (float)ofGain;
    if (g.dShift != nullptr) g.dShift[c] += (float)ofShift;
  }
  delete[] sums;
}

static constexpr LayerNormKernels layerNormKernels = {layerNorm, layerNormBackward};

}  // namespace carousel::CAROUSEL_ISA
