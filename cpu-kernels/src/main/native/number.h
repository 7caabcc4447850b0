// What products multiply. A word is 32 bits along k: one float, two bfloat16, or four integers of eight bits, which one
// instruction multiplies and adds up. Gates and states are floats in any case, and so are sums but for those of integers.
#pragma once
#include "vector.h"

namespace carousel::CAROUSEL_ISA {

#if defined(CAROUSEL_INT8)

typedef uint8_t Number __attribute__((may_alias));
typedef uint32_t Word __attribute__((may_alias));

constexpr int PER_WORD = 4;

static inline void keepWords(Word*, vf) {}  // integers are made of whole rows, which share a scale

#elif defined(__AVX512BF16__)

typedef uint16_t Number __attribute__((may_alias));
typedef uint32_t Word __attribute__((may_alias));
typedef vi vw;
typedef int32_t vwu __attribute__((vector_size(V * 4), aligned(2), may_alias));

constexpr int PER_WORD = 2;
constexpr Word ONE = 0x3F803F80;
constexpr int LATENCY = 6;  // of multiplyAdd, in cycles: two begin in each

static inline vw load(const Word* p) { return *reinterpret_cast<const vwu*>(p); }
static inline vw all(Word x) { return (vw)_mm512_set1_epi32((int)x); }
static inline void store(Word* p, vw x) { *reinterpret_cast<vwu*>(p) = x; }

// V numbers of a row, rounded to the nearest, ties to even.
static inline void store(Word* p, vf x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), (__m256i)_mm512_cvtneps_pbh((__m512)x));
}

static inline void keepWords(Word* p, vf x) { store(p, x); }

static inline vf multiplyAdd(vf sum, vw a, vw b) {
  return (vf)_mm512_dpbf16_ps((__m512)sum, (__m512bh)(__m512i)a, (__m512bh)(__m512i)b);
}

// Words of V columns from two rows.
static inline vw join(vf a, vf b) {
  const __m512i turns = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8,  //
                                         23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  return (vw)_mm512_permutexvar_epi16(turns, (__m512i)_mm512_cvtne2ps_pbh((__m512)b, (__m512)a));
}

// The same of rows that are numbers already, the second `next` numbers after the first; zeros if that is 0.
static inline vw join(const Number* row, long next) {
  __m512i low = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(row)));
  if (next == 0) return (vw)low;
  __m512i high = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + next)));
  return (vw)_mm512_or_si512(low, _mm512_slli_epi32(high, 16));
}

#else

typedef float Number;
typedef float Word;
typedef vf vw;

constexpr int PER_WORD = 1;
constexpr Word ONE = 1;
constexpr int LATENCY = 4;

static inline void keepWords(Word*, vf) {}  // they are the floats that are kept
static inline vf multiplyAdd(vf sum, vw a, vw b) { return sum + a * b; }
static inline vw join(vf a, vf) { return a; }
static inline vw join(const Number* row, long) { return load(row); }

#endif

// Words that hold n numbers; what is left of the last one is zero.
static constexpr long words(long n) { return (n + PER_WORD - 1) / PER_WORD; }

}  // namespace carousel::CAROUSEL_ISA
