// Softmax and logistic losses with their gradients. Sums over a row are in double; rows are shared out.
#pragma once
#include "kernels.h"
#include "softmax.h"

namespace carousel::CAROUSEL_ISA {

struct SoftmaxRows {
  SoftmaxOperands o;
  double* losses;  // of each row
};

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

static void softmaxWork(void* job, int rank, int size) {
  const SoftmaxRows& s = *static_cast<SoftmaxRows*>(job);
  const SoftmaxOperands& o = s.o;
  for (long r = o.rows * rank / size; r < o.rows * (rank + 1) / size; r++) {
    float* d = o.dLogits == nullptr ? nullptr : o.dLogits + r * o.classes;
    s.losses[r] = 0;
    if (o.gold[r] >= 0) {
      s.losses[r] = softmaxRow(o, o.logits + r * o.classes, o.gold[r], d);
    } else if (d != nullptr) {
      memset(d, 0, o.classes * sizeof(float));
    }
  }
}

// Exponentials that pay for waking another thread.
constexpr long EXPONENTIALS = 1 << 14;

static double sumRows(Team& team, long rows, long elements, double* losses, Work* work, void* job) {
  team.run(elements < EXPONENTIALS ? 1 : team.size(), work, job);
  double sum = 0;
  for (long r = 0; r < rows; r++) sum += losses[r];
  delete[] losses;
  return sum;
}

static double softmax(Team& team, const SoftmaxOperands& o) {
  SoftmaxRows s{o, new double[o.rows]};
  return sumRows(team, o.rows, o.rows * o.classes, s.losses, softmaxWork, &s);
}

struct Rows {
  const float* from;
  long rows, width;
  float* to;
};

static void probabilitiesWork(void* job, int rank, int size) {
  const Rows& s = *static_cast<Rows*>(job);
  for (long r = s.rows * rank / size; r < s.rows * (rank + 1) / size; r++) {
    const float* z = s.from + r * s.width;
    float* to = s.to + r * s.width;
    double sum = exponentials(z, s.width, largest(z, s.width), to);
    scale(to, s.width, (float)(1 / sum));
  }
}

static void probabilities(Team& team, const float* logits, long rows, long classes, float* out) {
  Rows s{logits, rows, classes, out};
  team.run(rows * classes < EXPONENTIALS ? 1 : team.size(), probabilitiesWork, &s);
}

// log(1 + y) for y from 0 to 1: 2 artanh(y / (2 + y)), whose series converges by a factor of 9 and more.
static inline vf log1p(vf y) {
  vf s = y / (2.0f + y), q = s * s;
  vf p = all(2.0f / 17);
  for (int k = 15; k >= 1; k -= 2) p = p * q + 2.0f / k;
  return p * s;
}

struct SigmoidRows {
  SigmoidOperands o;
  double* losses;
};

static inline double sigmoidRow(const SigmoidOperands& o, long r) {
  bool counts = o.labels > 0 && o.targets[r * o.labels] >= 0;
  double loss = 0;
  eachVector(o.labels, [&](long c, int n) {
    long i = r * o.labels + c;
    vf x = load(o.logits + i, n), t = counts ? load(o.targets + i, n) : vf{};
    vf positive = o.weights == nullptr ? t : t * load(o.weights + c, n), negative = counts ? 1.0f - t : vf{};
    vf least = x < vf{} ? x : -x;  // -|x|
    vf both = log1p(exponential(least));
    vf l = positive * (relu(-x) + both) + negative * (relu(x) + both);
    for (int j = 0; j < n; j++) loss += l[j];
    if (o.dLogits == nullptr) return;
    vf d = (float)o.factor * (negative * sigmoid(x) - positive * sigmoid(-x));
    store(o.dLogits + i, d, n);
  });
  return loss;
}

static void sigmoidWork(void* job, int rank, int size) {
  const SigmoidRows& s = *static_cast<SigmoidRows*>(job);
  for (long r = s.o.rows * rank / size; r < s.o.rows * (rank + 1) / size; r++) s.losses[r] = sigmoidRow(s.o, r);
}

static double sigmoidLoss(Team& team, const SigmoidOperands& o) {
  SigmoidRows s{o, new double[o.rows]};
  return sumRows(team, o.rows, o.rows * o.labels, s.losses, sigmoidWork, &s);
}

}  // namespace carousel::CAROUSEL_ISA
