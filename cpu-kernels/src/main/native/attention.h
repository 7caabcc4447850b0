// Attention, a row of the batch at a time: rows are shared out. Letters as in dev.carousel.spi.AttentionKernels; row n of
// step t of [T][N][K] begins at (t * N + n) * K.
#pragma once
#include "kernels.h"
#include "softmax.h"

namespace carousel::CAROUSEL_ISA {

static inline float sum(vf x) {
#if defined(__AVX512F__)
  return _mm512_reduce_add_ps((__m512)x);
#else
  __m128 low = _mm_add_ps(_mm256_castps256_ps128((__m256)x), _mm256_extractf128_ps((__m256)x, 1));
  low = _mm_add_ps(low, _mm_movehl_ps(low, low));
  return _mm_cvtss_f32(_mm_add_ss(low, _mm_movehdup_ps(low)));
#endif
}

// The sum of f(i, n), vectors whose lanes from n on are zeros.
template <class F>
static inline float sumOver(long count, F f) {
  vf even = {}, odd = {};
  long i = 0;
  for (; i + 2 * V <= count; i += 2 * V) {
    even += f(i, V);
    odd += f(i + V, V);
  }
  for (; i < count; i += V) even += f(i, count - i < V ? (int)(count - i) : V);
  return sum(even + odd);
}

static inline float dot(const float* a, const float* b, long count) {
  return sumOver(count, [=](long i, int n) { return load(a + i, n) * load(b + i, n); });
}

// to += by * x
static inline void addTo(float* to, float by, const float* x, long count) {
  eachVector(count, [=](long i, int n) { store(to + i, load(to + i, n) + by * load(x + i, n), n); });
}

// to = the sum of weights[t] times the t-th of rows that lie `pitch` apart
static inline void combine(const float* weights, long count, const float* rows, long pitch, float* to, long width) {
  long i = 0;
  for (; i + 4 * V <= width; i += 4 * V) {
    vf s[4] = {};
    for (long t = 0; t < count; t++)
      for (int u = 0; u < 4; u++) s[u] += weights[t] * load(rows + t * pitch + i + u * V);
    for (int u = 0; u < 4; u++) store(to + i + u * V, s[u]);
  }
  for (; i < width; i += V) {
    int n = width - i < V ? (int)(width - i) : V;
    vf s = {};
    for (long t = 0; t < count; t++) s += weights[t] * load(rows + t * pitch + i, n);
    store(to + i, s, n);
  }
}

// Row n of a batch.
class AttentionRow {
 public:
  AttentionRow(const AttentionOperands& operands, long row)
      : o(operands), n(row), keys(o.lengths == nullptr ? o.T : o.lengths[n]) {}

  void forward() const {
    for (long i = 0; i < o.Q; i++) {
      float* w = weights(i);
      for (long t = 0; t < keys; t++) w[t] = o.scale * score(query(i), key(t));
      if (keys > 0) softmax(w, keys);
      memset(w + keys, 0, (o.T - keys) * sizeof(float));
      combine(w, keys, o.v + n * o.C, o.N * o.C, o.out + (i * o.N + n) * o.C, o.C);
    }
  }

  // ds: [T]; de: [K], added to, for additive scores.
  void backward(const AttentionGradients& g, float* ds, float* de) const {
    for (long t = 0; t < o.T; t++) {
      memset(g.dk + (t * o.N + n) * o.K, 0, o.K * sizeof(float));
      memset(g.dv + (t * o.N + n) * o.C, 0, o.C * sizeof(float));
    }
    for (long i = 0; i < o.Q; i++) {
      scoreGradients(i, g, ds);
      float* dq = g.dq + (i * o.N + n) * o.K;
      if (o.energy == nullptr) {
        combine(ds, keys, key(0), o.N * o.K, dq, o.K);
        for (long t = 0; t < keys; t++) addTo(g.dk + (t * o.N + n) * o.K, ds[t], query(i), o.K);
      } else {
        memset(dq, 0, o.K * sizeof(float));
        for (long t = 0; t < keys; t++) additiveBackward(query(i), key(t), ds[t], dq, g.dk + (t * o.N + n) * o.K, de);
      }
    }
  }

 private:
  const AttentionOperands& o;
  const long n, keys;

  const float* query(long i) const { return o.q + (i * o.N + n) * o.K; }
  const float* key(long t) const { return o.k + (t * o.N + n) * o.K; }
  const float* value(long t) const { return o.v + (t * o.N + n) * o.C; }
  float* weights(long i) const { return o.weights + (i * o.N + n) * o.T; }

  float score(const float* q, const float* k) const {
    if (o.energy == nullptr) return dot(q, k, o.K);
    const float* e = o.energy;
    return sumOver(o.K, [=](long j, int m) { return load(e + j, m) * tanh(load(q + j, m) + load(k + j, m)); });
  }

  // dA = dO Vᵀ, ds = A (dA - sum of A dA) scale; adds to dV.
  void scoreGradients(long i, const AttentionGradients& g, float* ds) const {
    const float *w = weights(i), *dOut = g.dOut + (i * o.N + n) * o.C;
    double mean = 0;
    for (long t = 0; t < keys; t++) {
      ds[t] = dot(dOut, value(t), o.C);
      mean += (double)w[t] * ds[t];
      addTo(g.dv + (t * o.N + n) * o.C, w[t], dOut, o.C);
    }
    for (long t = 0; t < keys; t++) ds[t] = o.scale * w[t] * (ds[t] - (float)mean);
  }

  // With h = tanh(q + k): de += ds h; dq and dk += ds e (1 - h h).
  void additiveBackward(const float* q, const float* k, float ds, float* dq, float* dk, float* de) const {
    const float* e = o.energy;
    eachVector(o.K, [=](long j, int m) {
      vf h = tanh(load(q + j, m) + load(k + j, m));
      vf slope = ds * load(e + j, m) * (1.0f - h * h);
      store(de + j, load(de + j, m) + ds * h, m);
      store(dq + j, load(dq + j, m) + slope, m);
      store(dk + j, load(dk + j, m) + slope, m);
    });
  }
};

static inline long attentionWork(const AttentionOperands& o) {
  constexpr long TANH = 8;  // numbers that a hyperbolic tangent is worth
  return o.Q * o.T * o.N * (o.C + (o.energy == nullptr ? 1 : TANH) * o.K);
}

static void attentionForward(Team& team, const AttentionOperands& o) {
  shareItems(team, o.N, attentionWork(o), [&](long n) { AttentionRow(o, n).forward(); });
}

// The energy's gradient is summed row by row, then over the rows in their order.
static void attentionBackward(Team& team, const AttentionOperands& o, const AttentionGradients& g) {
  long room = o.energy == nullptr ? 0 : o.K;
  float *ds = new float[o.N * o.T], *de = new float[o.N * room]();
  shareItems(team, o.N, 2 * attentionWork(o), [&](long n) { AttentionRow(o, n).backward(g, ds + n * o.T, de + n * room); });
  for (long n = 0; g.dEnergy != nullptr && n < o.N; n++) addTo(g.dEnergy, 1, de + n * room, room);
  delete[] ds;
  delete[] de;
}

static constexpr AttentionKernels attentionKernels = {attentionForward, attentionBackward};

}  // namespace carousel::CAROUSEL_ISA
