// Linear chains in logarithms and doubles, a row of the batch at a time (Lafferty et al. 2001). With e the emissions, A the
// transitions, s and u those from the start and to the end:
//
//   a_0(j) = s(j) + e_0(j)     a_t(j) = e_t(j) + log sum_i exp(a_t-1(i) + A(i, j))
//   b_L-1(i) = u(i)            b_t(i) = log sum_j exp(A(i, j) + e_t+1(j) + b_t+1(j))
//   log Z = log sum_j exp(a_L-1(j) + u(j))
//
// Vectors run over j for a and over i for b. Lanes beyond K hold -inf, so that they count for nothing.
#pragma once
#include <cmath>

#include "doubles.h"
#include "each.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

constexpr double NEVER = -__builtin_inf();

static inline vd larger(vd a, vd b) { return a > b ? a : b; }

// What may be subtracted from terms of which this is the largest.
static inline vd finite(vd most) { return most == NEVER ? vd{} : most; }

// Memory of a call, in doubles; P is K in whole vectors.
struct CrfScratch {
  static constexpr long GROUPS = 8;  // of rows, whose expected transitions are added up apart
  long T, N, K, P;
  double* base;

  CrfScratch(long steps, long rows, long labels, void* memory)
      : T(steps), N(rows), K(labels), P((labels + VD - 1) / VD * VD), base(static_cast<double*>(memory)) {}

  long ofThread() const { return (T + 3) * P; }
  long count(int threads) const { return (2 * K + 2) * P + (N + VD - 1) / VD * VD + GROUPS * (K + 2) * P + threads * ofThread(); }

  double* transitions() const { return base; }                                 // [K + 2][P]
  double* transposed() const { return transitions() + (K + 2) * P; }           // [K][P], to and from exchanged
  double* losses() const { return transposed() + K * P; }                      // [N]
  double* expected(long group) const { return losses() + (N + VD - 1) / VD * VD + group * (K + 2) * P; }  // transposed; start, end
  double* own(int rank) const { return expected(GROUPS) + rank * ofThread(); }
};

static inline void readTransitions(const CrfScratch& s, const float* from) {
  for (long i = 0; i < s.K + 2; i++)
    for (long j = 0; j < s.P; j++) s.transitions()[i * s.P + j] = j < s.K ? (double)from[i * s.K + j] : NEVER;
  for (long j = 0; j < s.K; j++)
    for (long i = 0; i < s.P; i++) s.transposed()[j * s.P + i] = i < s.K ? (double)from[i * s.K + j] : NEVER;
}

// Row n, in the scratch of one thread.
class Chain {
 public:
  Chain(const CrfOperands& operands, const CrfScratch& scratch, int rank, long row)
      : o(operands),
        s(scratch),
        n(row),
        length(o.lengths == nullptr ? o.T : o.lengths[n]),
        A(s.transitions()),
        alpha(s.own(rank)),
        beta(alpha + s.T * s.P),
        after(beta + s.P),
        marginal(after + s.P) {}

  // The negative log-likelihood; adds to the expected transitions and writes the emissions' gradient.
  double loss(double* expected) const {
    double logZ = 0, result = 0;
    if (length > 0) {
      logZ = forward();
      result = logZ - score();
    }
    if (expected != nullptr) {
      if (length > 0) backward(logZ, expected);
      for (long t = length; o.dEmissions != nullptr && t < o.T; t++)
        memset(o.dEmissions + at(t), 0, o.K * sizeof(float));
    }
    return result;
  }

  // The best path; of equals the label of the lowest number.
  void viterbi(int* path, float* best) const {
    for (long t = length; t < o.T; t++) path[t * o.N + n] = -1;
    *best = 0;
    if (length == 0) return;
    double *now = beta, *next = after;
    begin(now);
    for (long t = 1; t < length; t++) {
      for (long j = 0; j < s.P; j += VD) {
        vd most = now[0] + load(A + j), from = {};
        for (long i = 1; i < o.K; i++) {
          vd x = now[i] + load(A + i * s.P + j);
          from = x > most ? all((double)i) : from;
          most = larger(x, most);
        }
        store(alpha + t * s.P + j, from);
        store(next + j, most + emission(t, j));
      }
      double* swap = now;
      now = next;
      next = swap;
    }
    long label = 0;
    for (long j = 0; j < o.K; j++) {
      now[j] += end()[j];
      if (now[j] > now[label]) label = j;
    }
    *best = (float)now[label];
    for (long t = length - 1; t >= 0; t--) {
      path[t * o.N + n] = (int)label;
      if (t > 0) label = (long)alpha[t * s.P + label];
    }
  }

 private:
  const CrfOperands& o;
  const CrfScratch& s;
  const long n, length;
  const double* A;
  double *alpha, *beta, *after, *marginal;  // alpha [T][P], the others [P]

  long at(long t) const { return (t * o.N + n) * o.K; }
  const double* start() const { return A + o.K * s.P; }
  const double* end() const { return A + (o.K + 1) * s.P; }
  long gold(long t) const { return o.gold[t * o.N + n]; }

  // Of V / 2 labels from j on, zeros beyond the last.
  vd emission(long t, long j) const {
    if (j + VD <= o.K) return doubles(o.emissions + at(t) + j);
    vd e = {};
    for (long k = j; k < o.K; k++) e[k - j] = o.emissions[at(t) + k];
    return e;
  }

  void begin(double* to) const {
    for (long j = 0; j < s.P; j += VD) store(to + j, load(start() + j) + emission(0, j));
  }

  // Fills alpha; returns log Z.
  double forward() const {
    begin(alpha);
    for (long t = 1; t < length; t++) {
      const double* last = alpha + (t - 1) * s.P;
      for (long j = 0; j < s.P; j += VD) {
        vd most = all(NEVER), sum = {};
        for (long i = 0; i < o.K; i++) most = larger(last[i] + load(A + i * s.P + j), most);
        most = finite(most);
        for (long i = 0; i < o.K; i++) sum += exponential(last[i] + load(A + i * s.P + j) - most);
        store(alpha + t * s.P + j, emission(t, j) + most + logarithm(sum));
      }
    }
    const double* last = alpha + (length - 1) * s.P;
    double most = NEVER, sum = 0;
    for (long j = 0; j < o.K; j++) most = last[j] + end()[j] > most ? last[j] + end()[j] : most;
    most = most == NEVER ? 0 : most;
    for (long j = 0; j < s.P; j += VD) sum += total(exponential(load(last + j) + load(end() + j) - most));
    return most + std::log(sum);
  }

  // The unnormalised score of the gold path.
  double score() const {
    double sum = start()[gold(0)] + end()[gold(length - 1)];
    for (long t = 0; t < length; t++) sum += o.emissions[at(t) + gold(t)];
    for (long t = 1; t < length; t++) sum += A[gold(t - 1) * s.P + gold(t)];
    return sum;
  }

  void backward(double logZ, double* expected) const {
    memcpy(beta, end(), s.P * sizeof(double));
    for (long t = length - 1; t >= 0; t--) {
      if (t + 1 < length) stepBack(t, logZ, expected);
      for (long j = 0; j < s.P; j += VD) store(marginal + j, exponential(load(alpha + t * s.P + j) + load(beta + j) - logZ));
      marginal[gold(t)] -= 1;
      for (long j = 0; o.dEmissions != nullptr && j < o.K; j++) o.dEmissions[at(t) + j] = (float)(o.factor * marginal[j]);
      for (long j = 0; t == 0 && j < o.K; j++) expected[o.K * s.P + j] += marginal[j];
      for (long j = 0; t + 1 == length && j < o.K; j++) expected[(o.K + 1) * s.P + j] += marginal[j];
    }
  }

  // beta at t from that at t + 1, and the expected transitions between the two less the gold one.
  void stepBack(long t, double logZ, double* expected) const {
    for (long j = 0; j < s.P; j += VD) store(after + j, emission(t + 1, j) + load(beta + j));
    const double* to = s.transposed();
    for (long i = 0; i < s.P; i += VD) {
      vd most = all(NEVER), sum = {};
      for (long j = 0; j < o.K; j++) most = larger(after[j] + load(to + j * s.P + i), most);
      most = finite(most);
      vd reached = exponential(load(alpha + t * s.P + i) + most - logZ);
      for (long j = 0; j < o.K; j++) {
        vd x = exponential(after[j] + load(to + j * s.P + i) - most);
        sum += x;
        store(expected + j * s.P + i, load(expected + j * s.P + i) + x * reached);
      }
      store(beta + i, most + logarithm(sum));
    }
    expected[gold(t + 1) * s.P + gold(t)] -= 1;
  }
};

struct CrfJob {
  const CrfOperands& o;
  CrfScratch scratch;
  bool gradients;
  int* path;
  float* score;
};

// A thread takes groups of rows: fixed ones, or else the sums would depend on the number of threads.
static void crfWork(void* j, int rank, int size) {
  const CrfJob& job = *static_cast<CrfJob*>(j);
  const CrfScratch& s = job.scratch;
  constexpr long G = CrfScratch::GROUPS;
  for (long g = G * rank / size; g < G * (rank + 1) / size; g++) {
    double* expected = job.gradients ? s.expected(g) : nullptr;
    if (job.gradients) memset(expected, 0, (s.K + 2) * s.P * sizeof(double));
    for (long n = s.N * g / G; n < s.N * (g + 1) / G; n++) {
      Chain chain(job.o, s, rank, n);
      if (job.path != nullptr) {
        chain.viterbi(job.path, job.score + n);
      } else {
        s.losses()[n] = chain.loss(expected);
      }
    }
  }
}

static long crfBytes(int threads, long steps, long rows, long labels) {
  return CrfScratch(steps, rows, labels, nullptr).count(threads) * (long)sizeof(double);
}

static void runCrf(Team& team, CrfJob& job) {
  constexpr long EXPONENTIALS = 1 << 12;  // that pay for waking another thread
  const CrfScratch& s = job.scratch;
  readTransitions(s, job.o.transitions);
  team.run(s.T * s.N * s.K * s.K < EXPONENTIALS ? 1 : team.size(), crfWork, &job);
}

static double crfLoss(Team& team, const CrfOperands& o) {
  CrfJob job{o, {o.T, o.N, o.K, o.work}, o.dEmissions != nullptr || o.dTransitions != nullptr, nullptr, nullptr};
  const CrfScratch& s = job.scratch;
  runCrf(team, job);
  for (long i = 0; o.dTransitions != nullptr && i < o.K + 2; i++) {
    for (long j = 0; j < o.K; j++) {
      double sum = 0;
      for (long g = 0; g < CrfScratch::GROUPS; g++) sum += s.expected(g)[i < o.K ? j * s.P + i : i * s.P + j];
      o.dTransitions[i * o.K + j] += (float)(o.factor * sum);
    }
  }
  double loss = 0;
  for (long n = 0; n < o.N; n++) loss += s.losses()[n];
  return loss;
}

static void crfViterbi(Team& team, const CrfOperands& o, int* path, float* score) {
  CrfJob job{o, {o.T, o.N, o.K, o.work}, false, path, score};
  runCrf(team, job);
}

static constexpr CrfKernels crfKernels = {crfBytes, crfLoss, crfViterbi};

}  // namespace carousel::CAROUSEL_ISA
