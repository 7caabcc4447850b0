// Products of integers of eight bits, for inference. Each row of weights has a scale, each row of operands one that is found
// as it is read (dynamic quantisation): w = sw * qw with |qw| <= 127, x = sx * (qx - 128) with qx unsigned, as the
// instruction wants it. Sums are exact, in 32 bits:
//
//   sum over k of x w = sx * sw * (sum of qx qw - 128 * sum of qw)
#pragma once
#include "spec.h"

namespace carousel::CAROUSEL_ISA {

typedef int32_t viu __attribute__((vector_size(V * 4), aligned(4), may_alias));

constexpr int ZERO = 128, MOST = 127;
constexpr __mmask16 ALL = 0xFFFF;  // lanes; without a mask GCC 12 warns about its own headers

static inline vf largerOf(vf a, vf b) { return a > b ? a : b; }
static inline vf absolute(vf x) { return (vf)((vi)x & 0x7FFFFFFF); }

// The scale of n numbers. Something that is not finite makes it NaN, so that a diverged network shows.
static inline float scaleOf(const float* x, long n) {
  vf most = {}, bad = {};
  for (long i = 0; i < n; i += V) {
    vf v = load(x + i, n - i < V ? (int)(n - i) : V);
    most = largerOf(most, absolute(v));
    bad += v * 0.0f;
  }
  float largest = 0, nothing = 0;
  for (int i = 0; i < V; i++) {
    largest = most[i] > largest ? most[i] : largest;
    nothing += bad[i];
  }
  return largest * (1.0f / MOST) + nothing;
}

// A row of n numbers as words, its scale in the last of `pitch`.
static inline void toRow(Word* to, const float* x, long n, long pitch) {
  float scale = scaleOf(x, n);
  float inverse = scale > 0 ? 1.0f / scale : 0.0f;
  for (long i = 0; i < n; i += V) {
    vf v = load(x + i, n - i < V ? (int)(n - i) : V) * inverse;
    vi q = (vi)_mm512_maskz_cvtps_epi32(ALL, (__m512)v) + ZERO;
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i / PER_WORD), _mm512_maskz_cvtepi32_epi8(ALL, (__m512i)q));
  }
  memcpy(to + pitch - 1, &scale, sizeof(scale));
}

// A panel is [words(K)][NV * V] words, then a scale and a correction, an integer, for each of its NV * V columns.
static constexpr long panelDepth(long K) { return words(K) + 2; }

// One column of a panel `width` columns wide, from a row of weights.
static inline void packColumn(const float* m, long K, Word* panel, long width, long column) {
  float scale = scaleOf(m, K);
  float inverse = scale > 0 ? 1.0f / scale : 0.0f;
  int sum = 0;
  for (long k = 0; k < K; k++) {
    float x = m[k] * inverse;
    int q = x == x ? (int)__builtin_rintf(x) : 0;
    sum += q;
    reinterpret_cast<int8_t*>(panel + k / PER_WORD * width + column)[k % PER_WORD] = (int8_t)q;
  }
  Word* behind = panel + words(K) * width + column;
  memcpy(behind, &scale, sizeof(scale));
  sum *= -ZERO;
  memcpy(behind + width, &sum, sizeof(sum));
}

// [block][panelDepth(K)][G * V] from m[G * H][K].
static inline void packForward(const Spec& s, const float* m, long K, Word* to, bool hidden, int rank, int size) {
  int G = s.G();
  for (int b = s.blocks() * rank / size; b < s.blocks() * (rank + 1) / size; b++) {
    Word* panel = to + b * panelDepth(K) * G * V;
    for (int g = 0; g < G; g++) {
      int slot = hidden ? g : s.inputSlot(g);
      for (int i = 0; i < V && b * V + i < s.H; i++)
        packColumn(m + ((long)g * s.H + b * V + i) * K, K, panel, G * V, slot * V + i);
    }
  }
}

static inline void packBackward(const Spec&, const float*, long, Word*, int, int) {}  // there is no way back

// MR rows by NV vectors of sums: c = bias + product, or c += product.
template <int MR, int NV, bool adds>
static void quantisedTile(long K, const Word* a, long pitch, const Word* panel, float* c, long ldc, const float* bias) {
  constexpr int U = MR * NV >= 8 ? 1 : 8 / (MR * NV);  // enough independent sums to hide the latency of an addition
  vi sum[U][MR][NV] = {};
  long depth = words(K), k = 0;
  const Word* b = panel;
  auto step = [&](int u) {
    vi bv[NV];
#pragma GCC unroll 4
    for (int v = 0; v < NV; v++) bv[v] = *reinterpret_cast<const viu*>(b + v * V);
    b += NV * V;
#pragma GCC unroll 12
    for (int r = 0; r < MR; r++) {
      __m512i av = _mm512_set1_epi32((int)a[r * pitch + k]);
#pragma GCC unroll 4
      for (int v = 0; v < NV; v++) sum[u][r][v] = (vi)_mm512_dpbusd_epi32((__m512i)sum[u][r][v], av, (__m512i)bv[v]);
    }
    k++;
  };
  while (k + U <= depth) {
#pragma GCC unroll 8
    for (int u = 0; u < U; u++) step(u);
  }
  while (k < depth) step(0);
  const float* scales = reinterpret_cast<const float*>(panel + depth * NV * V);
  const Word* corrections = panel + (depth + 1) * NV * V;
#pragma GCC unroll 12
  for (int r = 0; r < MR; r++) {
    float scale;
    memcpy(&scale, a + (r + 1) * pitch - 1, sizeof(scale));
#pragma GCC unroll 4
    for (int v = 0; v < NV; v++) {
      vi s = sum[0][r][v] + *reinterpret_cast<const viu*>(corrections + v * V);
#pragma GCC unroll 8
      for (int u = 1; u < U; u++) s += sum[u][r][v];
      vf product = __builtin_convertvector(s, vf) * (load(scales + v * V) * scale);
      float* to = c + r * ldc + v * V;
      store(to, product + (adds ? load(to) : bias != nullptr ? load(bias + v * V) : vf{}));
    }
  }
}

// 32 registers hold a tile of 24 sums.
constexpr int quantisedRows(int nv) { return nv == 4 ? 6 : nv == 3 ? 8 : 12; }

template <int NV, bool adds, int MR = quantisedRows(NV)>
static void quantisedRest(long M, long K, const Word* a, long pitch, const Word* panel, float* c, long ldc, const float* bias) {
  if constexpr (MR > 0) {
    if (M == MR) return quantisedTile<MR, NV, adds>(K, a, pitch, panel, c, ldc, bias);
    return quantisedRest<NV, adds, MR - 1>(M, K, a, pitch, panel, c, ldc, bias);
  }
}

template <int NV, bool adds>
static void quantised(long M, long K, const Word* a, long pitch, const Word* panel, float* c, long ldc, const float* bias) {
  constexpr int MR = quantisedRows(NV);
  for (long blocks = (M + MR - 1) / MR, done = 0; blocks > 0; blocks--) {
    long n = (M - done) / blocks;
    quantisedRest<NV, adds>(n, K, a + done * pitch, pitch, panel, c + done * ldc, ldc, bias);
    done += n;
  }
}

// Slots of one block from the input's product: bias + x Wᵀ.
static inline void inputBlock(const Spec& s, long in, const Word* panels, const float* biases, long block, long rows,
                              const Word* x, long pitch, float* gates) {
  const Word* panel = panels + block * panelDepth(in) * s.G() * V;
  const float* bias = biases + block * s.S() * V;
  long to = s.gatePitch();
  switch (s.cell) {
    case Cell::lstm:
      return quantised<4, false>(rows, in, x, pitch, panel, gates, to, bias);
    case Cell::gru:
      quantised<3, false>(rows, in, x, pitch, panel, gates, to, bias);
      for (long r = 0; r < rows; r++) store(gates + r * to + 3 * V, load(bias + 3 * V));
      return;
    default:
      quantised<1, false>(rows, in, x, pitch, panel, gates, to, bias);
  }
}

// Adds the hidden product h Uᵀ.
static inline void hiddenBlock(const Spec& s, const Word* panels, long block, long rows, const Word* h, float* gates) {
  const Word* panel = panels + block * panelDepth(s.H) * s.G() * V;
  long from = s.hiddenPitch(), to = s.gatePitch();
  switch (s.cell) {
    case Cell::lstm:
      return quantised<4, true>(rows, s.H, h, from, panel, gates, to, nullptr);
    case Cell::gru:
      return quantised<3, true>(rows, s.H, h, from, panel, gates + V, to, nullptr);
    default:
      quantised<1, true>(rows, s.H, h, from, panel, gates, to, nullptr);
  }
}

}  // namespace carousel::CAROUSEL_ISA
