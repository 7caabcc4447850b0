// Vectors of doubles, half as many lanes, for sums and for what is computed in logarithms.
#pragma once
#include "vector.h"

namespace carousel::CAROUSEL_ISA {

constexpr int VD = V / 2;

typedef double vd __attribute__((vector_size(V * 4)));
typedef int64_t vl __attribute__((vector_size(V * 4)));
typedef double vdu __attribute__((vector_size(V * 4), aligned(8), may_alias));
typedef float half __attribute__((vector_size(V * 2), aligned(4), may_alias));

static inline vd doubles(const float* p) { return __builtin_convertvector(*reinterpret_cast<const half*>(p), vd); }
static inline vd load(const double* p) { return *reinterpret_cast<const vdu*>(p); }
static inline void store(double* p, vd x) { *reinterpret_cast<vdu*>(p) = x; }
static inline vd all(double x) { return x - vd{}; }

static inline double total(vd x) {
  double sum = 0;
  for (int i = 0; i < VD; i++) sum += x[i];
  return sum;
}

constexpr double LOG_2_HIGH = 6.93147180369123816490e-01, LOG_2_LOW = 1.90821492927058770002e-10;

// e^x for x up to 700; 0 where it is no normal number. x = n ln 2 + r with |r| <= ln(2)/2, and Taylor's polynomial, whose
// next term is below 2e-16.
static inline vd exponential(vd x) {
  constexpr double inverseFactorials[] = {1,          1,           1.0 / 2,      1.0 / 6,       1.0 / 24,       1.0 / 120,      1.0 / 720,
                                          1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600};
  const double magic = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer, found in the low bits
  vd y = x < -708.0 ? all(-708.0) : x;
  vd z = y * 1.4426950408889634 + magic;
  vd n = z - magic;
  vd r = (y - n * LOG_2_HIGH) - n * LOG_2_LOW;
  vd p = all(inverseFactorials[12]);
#pragma GCC unroll 12
  for (int k = 11; k >= 0; k--) p = p * r + inverseFactorials[k];
  vl exponent = ((vl)z + (1023 - 0x4338000000000000)) << 52;  // z's bits are those of magic plus n
  return x < -708.0 ? vd{} : p * (vd)exponent;
}

// log x for x = 0 or x positive and normal. x = m 2^n with m between the roots of 1/2 and 2, and log m = 2 artanh(s) with
// s = (m - 1) / (m + 1), a series in s^2 <= 0.0295.
static inline vd logarithm(vd x) {
  vl n = ((vl)x - 0x3FE6A09E667F3BCD) >> 52;
  vd m = (vd)((vl)x - (n << 52));
  vd s = (m - 1) / (m + 1), q = s * s;
  vd p = all(2.0 / 21);
#pragma GCC unroll 10
  for (int k = 19; k >= 1; k -= 2) p = p * q + 2.0 / k;
  vd log = __builtin_convertvector(n, vd) * (LOG_2_HIGH + LOG_2_LOW) + p * s;
  return x == 0.0 ? all(-__builtin_inf()) : log + (x - x);  // NaN stays
}

}  // namespace carousel::CAROUSEL_ISA
