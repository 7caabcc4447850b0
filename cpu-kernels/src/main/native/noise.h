// Dropout with the bits of dev.carousel.spi.Philox, V counters at once.
#pragma once
#include "each.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

typedef uint32_t vu __attribute__((vector_size(V * 4)));

// The upper and the lower half of the product of every lane with m.
static inline void multiply(vu x, uint32_t m, vu& high, vu& low) {
#if defined(__AVX512F__)
  __m512i f = _mm512_set1_epi32((int)m), a = (__m512i)x;
  __m512i even = _mm512_mul_epu32(a, f), odd = _mm512_mul_epu32(_mm512_srli_epi64(a, 32), f);
  high = (vu)_mm512_mask_blend_epi32(0xAAAA, _mm512_srli_epi64(even, 32), odd);
  low = (vu)_mm512_mask_blend_epi32(0xAAAA, even, _mm512_slli_epi64(odd, 32));
#else
  __m256i f = _mm256_set1_epi32((int)m), a = (__m256i)x;
  __m256i even = _mm256_mul_epu32(a, f), odd = _mm256_mul_epu32(_mm256_srli_epi64(a, 32), f);
  high = (vu)_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA);
  low = (vu)_mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA);
#endif
}

// The four words of V counters whose first words are `blocks`.
static inline void philox(const NoiseState& s, vu blocks, vu* c) {
  c[0] = blocks;
  c[1] = vu{};
  c[2] = vu{} + s.site;
  c[3] = vu{} + s.step;
  uint32_t k0 = s.seedLow, k1 = s.seedHigh;
  for (int round = 0; round < 10; round++) {
    vu high0, low0, high1, low1;
    multiply(c[0], 0xD2511F53u, high0, low0);
    multiply(c[2], 0xCD9E8D57u, high1, low1);
    c[0] = high1 ^ c[1] ^ k0;
    c[2] = high0 ^ c[3] ^ k1;
    c[1] = low1;
    c[3] = low0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

// a[0] b[0] a[1] b[1] ...
static inline void interleave(vu a, vu b, vu* to) {
  vu low = {}, high = {};
#pragma GCC unroll 16
  for (int j = 0; j < V; j++) {
    low[j] = j % 2 * V + j / 2;
    high[j] = j % 2 * V + j / 2 + V / 2;
  }
  to[0] = __builtin_shuffle(a, b, low);
  to[1] = __builtin_shuffle(a, b, high);
}

constexpr long MASK = 1024;  // units whose words are drawn at once

// By what the units from 4 * block on are multiplied: `kept` or 0.
static inline void drawMask(const NoiseState& s, uint32_t block, long count, float* mask) {
  vu lane = {};
  for (int j = 0; j < V; j++) lane[j] = j;
  for (long i = 0; i < count; i += 4 * V) {
    vu c[4], even[2], odd[2], words[4];
    philox(s, lane + (block + (uint32_t)(i / 4)), c);
    interleave(c[0], c[2], even);
    interleave(c[1], c[3], odd);
    interleave(even[0], odd[0], words);
    interleave(even[1], odd[1], words + 2);
    for (int w = 0; w < 4; w++) store(mask + i + w * V, words[w] >= s.threshold ? all(s.kept) : vf{});
  }
}

struct Dropout {
  NoiseState s;
  const float* x;
  float* y;
  long count, period;
};

// A thread owns units of the period: their words are drawn once for all repetitions.
static void dropoutWork(void* job, int rank, int size) {
  const Dropout& d = *static_cast<Dropout*>(job);
  alignas(64) float mask[MASK + 4 * V];
  long chunks = (d.period + MASK - 1) / MASK;
  for (long c = chunks * rank / size; c < chunks * (rank + 1) / size; c++) {
    long from = c * MASK, units = d.period - from < MASK ? d.period - from : MASK;
    drawMask(d.s, (uint32_t)(from / 4), units, mask);
    for (long i = from; i < d.count; i += d.period) {
      long n = d.count - i < units ? d.count - i : units;
      // Selected, not multiplied: what is dropped may be infinite.
      eachVector(n, [&](long j, int k) {
        vf m = load(mask + j);
        store(d.y + i + j, m > vf{} ? load(d.x + i + j, k) * m : vf{}, k);
      });
    }
  }
}

static void dropout(Team& team, const NoiseState& s, const float* x, float* y, long count, long period) {
  Dropout d{s, x, y, count, period};
  team.run(count < SHARE ? 1 : team.size(), dropoutWork, &d);
}

struct RowDropout {
  NoiseState s;
  const int* ids;
  const float* x;
  float* y;
  long rows, width;
};

static void dropRowsWork(void* job, int rank, int size) {
  const RowDropout& d = *static_cast<RowDropout*>(job);
  long end = d.rows * (rank + 1) / size;
  for (long r = d.rows * rank / size; r < end; r += V) {
    int n = end - r < V ? (int)(end - r) : V;
    vu ids = {}, words[4];
    for (int j = 0; j < n; j++) ids[j] = (uint32_t)d.ids[r + j];
    philox(d.s, ids >> 2, words);
    for (int j = 0; j < n; j++) {
      bool real = d.ids[r + j] >= 0, keeps = !real || words[ids[j] & 3][j] >= d.s.threshold;
      float factor = real ? d.s.kept : 1;
      const float* x = d.x + (r + j) * d.width;
      float* y = d.y + (r + j) * d.width;
      eachVector(d.width, [&](long i, int k) { store(y + i, keeps ? load(x + i, k) * factor : vf{}, k); });
    }
  }
}

static void dropRows(Team& team, const NoiseState& s, const int* ids, const float* x, float* y, long rows, long width) {
  RowDropout d{s, ids, x, y, rows, width};
  team.run(rows * width < SHARE ? 1 : team.size(), dropRowsWork, &d);
}

}  // namespace carousel::CAROUSEL_ISA
