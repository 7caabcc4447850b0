// Softmax and logistic losses, plain and focal, with their gradients. Sums over a row are in double; rows are shared out.
#pragma once
#include "kernels.h"
#include "softmax.h"

namespace carousel::CAROUSEL_ISA {

static inline double softmaxRow(const SoftmaxOperands& o, const float* z, int gold, float* d) {
  const float* w = o.weights;
  double first = z[gold], smooth = o.smoothing / o.classes, weighted = 0;
  for (long c = 0; smooth > 0 && c < o.classes; c++) weighted += (w == nullptr ? 1.0 : w[c]) * z[c];
  float max = largest(z, o.classes);
  double sum = exponentials(z, o.classes, max, d), logSum = max + std::log(sum);
  double direct = (1 - o.smoothing) * (w == nullptr ? 1 : w[gold]);
  if (d != nullptr) {
    double all = direct + smooth * o.allWeights, ofGold = d[gold] / sum * all - direct;
    scale(d, o.classes, (float)(o.factor * all / sum));
    if (smooth > 0) {
      double less = o.factor * smooth;
      for (long c = 0; c < o.classes; c++) d[c] -= (float)(w == nullptr ? less : less * w[c]);
      ofGold -= smooth * (w == nullptr ? 1 : w[gold]);
    }
    d[gold] = (float)(o.factor * ofGold);
  }
  return direct * (logSum - first) + smooth * (o.allWeights * logSum - weighted);
}

// -w (1 - p)^focus log p of the gold label; with q = 1 - p its gradient is w q^focus (1 - focus p log p / q) (p - e).
static inline double focalRow(const SoftmaxOperands& o, const float* z, int gold, float* d) {
  double own = z[gold];
  float max = largest(z, o.classes);
  double sum = exponentials(z, o.classes, max, d), log = own - (max + std::log(sum));
  log = log > 0 ? 0 : log;  // NaN stays
  double p = std::exp(log), q = -std::expm1(log);
  double weight = (o.weights == nullptr ? 1 : o.weights[gold]) * std::pow(q, o.focus);
  if (d != nullptr) {
    double ratio = q == 0 ? -1 : log / q;  // which is its limit there
    double slope = o.factor * weight * (1 - o.focus * p * ratio);
    scale(d, o.classes, (float)(slope / sum));
    d[gold] = (float)(slope * p - slope);
  }
  return -weight * log;
}

// Exponentials that pay for waking another thread are fewer than numbers that do.
constexpr long EXPONENTIAL = 2;

// The sum of row(r), in the order of rows.
template <class F>
static double sumRows(Team& team, long rows, long elements, F row) {
  double* losses = new double[rows];
  shareItems(team, rows, elements * EXPONENTIAL, [=](long r) { losses[r] = row(r); });
  double sum = 0;
  for (long r = 0; r < rows; r++) sum += losses[r];
  delete[] losses;
  return sum;
}

static double softmax(Team& team, const SoftmaxOperands& o) {
  return sumRows(team, o.rows, o.rows * o.classes, [=](long r) {
    const float* z = o.logits + r * o.classes;
    float* d = o.dLogits == nullptr ? nullptr : o.dLogits + r * o.classes;
    if (o.gold[r] >= 0) return o.focus > 0 ? focalRow(o, z, o.gold[r], d) : softmaxRow(o, z, o.gold[r], d);
    if (d != nullptr) memset(d, 0, o.classes * sizeof(float));
    return 0.0;
  });
}

static void probabilities(Team& team, const float* logits, long rows, long classes, float* out) {
  shareItems(team, rows, rows * classes * EXPONENTIAL, [=](long r) {
    const float* z = logits + r * classes;
    float* to = out + r * classes;
    double sum = exponentials(z, classes, largest(z, classes), to);
    scale(to, classes, (float)(1 / sum));
  });
}

// log(1 + y) for y from 0 to 1: 2 artanh(y / (2 + y)), whose series converges by a factor of 9 and more.
static inline vf log1p(vf y) {
  vf s = y / (2.0f + y), q = s * s;
  vf p = all(2.0f / 17);
  for (int k = 15; k >= 1; k -= 2) p = p * q + 2.0f / k;
  return p * s;
}

// Losses and gradients of V labels: x, how much each outcome counts, and log(1 + e^-|x|).
struct Logistic {
  vf x, positive, negative, both;

  vf softplus(vf y) const { return relu(y) + both; }  // of x or -x

  vf loss() const { return positive * softplus(-x) + negative * softplus(x); }

  vf slope() const { return negative * sigmoid(x) - positive * sigmoid(-x); }

  // The same with each outcome weighted by how wrong the prediction is, (1 - p)^focus: log p is -softplus(-x).
  Logistic focused(float focus) const {
    vf ofPositive = exponential(-focus * softplus(x)), ofNegative = exponential(-focus * softplus(-x));
    return {x, positive * ofPositive, negative * ofNegative, both};
  }

  vf focalSlope(float focus) const {
    vf p = sigmoid(x), q = sigmoid(-x);
    return negative * (p + focus * q * softplus(x)) - positive * (q + focus * p * softplus(-x));
  }
};

static inline double sigmoidRow(const SigmoidOperands& o, long r) {
  bool counts = o.labels > 0 && o.targets[r * o.labels] >= 0;
  float focus = (float)o.focus;
  double loss = 0;
  eachVector(o.labels, [&](long c, int n) {
    long i = r * o.labels + c;
    vf x = load(o.logits + i, n), t = counts ? load(o.targets + i, n) : vf{};
    vf positive = o.weights == nullptr ? t : t * load(o.weights + c, n), negative = counts ? 1.0f - t : vf{};
    vf least = x < vf{} ? x : -x;  // -|x|
    Logistic labels{x, positive, negative, log1p(exponential(least))};
    if (focus > 0) labels = labels.focused(focus);
    vf l = labels.loss();
    for (int j = 0; j < n; j++) loss += l[j];
    if (o.dLogits == nullptr) return;
    vf slope = focus > 0 ? labels.focalSlope(focus) : labels.slope();
    store(o.dLogits + i, (float)o.factor * slope, n);
  });
  return loss;
}

static double sigmoidLoss(Team& team, const SigmoidOperands& o) {
  return sumRows(team, o.rows, o.rows * o.labels, [=](long r) { return sigmoidRow(o, r); });
}

}  // namespace carousel::CAROUSEL_ISA
