// One vector register of floats, V lanes wide, and the arithmetic of the gates on it. Compiled once for each instruction
// set: the compiler turns these types into AVX-512 or AVX2 registers.
#pragma once
#include <cstdint>
#include <cstring>
#include <immintrin.h>

namespace carousel::CAROUSEL_ISA {

#if defined(__AVX512F__)
constexpr int V = 16;
#else
constexpr int V = 8;
#endif

typedef float vf __attribute__((vector_size(V * 4)));
typedef int32_t vi __attribute__((vector_size(V * 4)));
typedef float vfu __attribute__((vector_size(V * 4), aligned(4), may_alias));

static inline vf load(const float* p) { return *reinterpret_cast<const vfu*>(p); }
static inline void store(float* p, vf x) { *reinterpret_cast<vfu*>(p) = x; }
static inline vf all(float x) { return x - vf{}; }

#if !defined(__AVX512F__)
constexpr vi lanes = {0, 1, 2, 3, 4, 5, 6, 7};
#endif

// The first n lanes, n > 0; the others read as zero and are not touched.
static inline vf load(const float* p, int n) {
  if (n >= V) return load(p);
#if defined(__AVX512F__)
  return (vf)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
#else
  return (vf)_mm256_maskload_ps(p, (__m256i)(lanes < n));
#endif
}

static inline void store(float* p, vf x, int n) {
  if (n >= V) {
    store(p, x);
    return;
  }
#if defined(__AVX512F__)
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)x);
#else
  _mm256_maskstore_ps(p, (__m256i)(lanes < n), (__m256)x);
#endif
}

// Asks for lines of the cache before they are needed.
static inline void fetch(const void* p, long lines) {
  for (long i = 0; i < lines; i++) __builtin_prefetch(static_cast<const char*>(p) + i * 64);
}

// Lanes of x between lo and hi. NaN passes, so that a diverged network shows: these instructions answer their second
// operand then.
static inline vf clamp(vf x, float lo, float hi) {
#if defined(__AVX512F__)
  return (vf)_mm512_min_ps((__m512)all(hi), _mm512_max_ps((__m512)all(lo), (__m512)x));
#else
  return (vf)_mm256_min_ps((__m256)all(hi), _mm256_max_ps((__m256)all(lo), (__m256)x));
#endif
}

// 1/x for finite normal x >= 1: an estimate and one step of Newton's method, 1.5 units in the last place.
static inline vf reciprocal(vf x) {
#if defined(__AVX512F__)
  vf y = (vf)_mm512_rcp14_ps((__m512)x);
  return y * (2.0f - x * y);
#else
  return 1.0f / x;
#endif
}

// e^x for x clamped to where e^x, e^-x and forty times either are normal numbers. x = n ln 2 + r with |r| <= ln(2)/2, and a minimax
// polynomial of e^r with a relative error of 9e-8.
static inline vf exponential(vf x) {
  x = clamp(x, -80.0f, 80.0f);
  const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer, found in the low bits
  vf z = x * 1.44269504f + magic;
  vf n = z - magic;
  vf r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  vf p = all(0.00829027f);
  p = p * r + 0.04189816f;
  p = p * r + 0.16667638f;
  p = p * r + 0.49999148f;
  p = p * r + 0.99999971f;
  p = p * r + 1.0f;
  vi exponent = ((vi)z + (127 - 0x4B400000)) << 23;  // z's bits are those of magic plus n
  return p * (vf)exponent;
}

// 1 / sigmoid(x).
static inline vf inverseSigmoid(vf x) { return 1.0f + exponential(-x); }

static inline vf sigmoid(vf x) { return reciprocal(inverseSigmoid(x)); }

// tanh x = over / under, a minimax quotient of polynomials in x^2 with a relative error of 2e-8 before rounding; under is
// between 1 and 40. As a quotient so that whoever divides by something else too divides once.
struct Quotient {
  vf over, under;
};

static inline Quotient tanhQuotient(vf x) {
  x = clamp(x, -9.0f, 9.0f);
  vf s = x * x;
  vf p = all(1.3353205714226277e-08f);
  p = p * s + 2.0608047766235523e-05f;
  p = p * s + 0.0034955268878839713f;
  p = p * s + 0.13380974972898818f;
  p = p * s + 0.9999999796393679f;
  vf q = all(7.775965797573011e-07f);
  q = q * s + 0.00032855333127663767f;
  q = q * s + 0.02587675178584358f;
  q = q * s + 0.4671429063979396f;
  q = q * s + 1.0f;
  return {x * p, q};
}

static inline vf tanh(vf x) {
  Quotient t = tanhQuotient(x);
  return t.over * reciprocal(t.under);
}

static inline vf relu(vf x) { return x < vf{} ? vf{} : x; }

}  // namespace carousel::CAROUSEL_ISA
