// Rows become columns, V of them at once.
#pragma once
#include "number.h"

namespace carousel::CAROUSEL_ISA {

// V steps' exchanges at distances 1, 2, 4, ... (Eklundh 1972).
template <int S>
static inline void exchange(vf* r) {
  vi low = {}, high = {};
#pragma GCC unroll 16
  for (int j = 0; j < V; j++) {
    low[j] = j & S ? V + j - S : j;
    high[j] = j & S ? V + j : j + S;
  }
#pragma GCC unroll 16
  for (int i = 0; i < V; i++) {
    if (i & S) continue;
    vf a = r[i], b = r[i + S];
    r[i] = __builtin_shuffle(a, b, low);
    r[i + S] = __builtin_shuffle(a, b, high);
  }
}

static inline void transpose(vf* r) {
  exchange<1>(r);
  exchange<2>(r);
  exchange<4>(r);
  if (V == 16) exchange<V / 2>(r);
}

// t[K][V], rows of words `step` words apart, from m[units][K] with up to V units; those that are missing become zeros.
static inline void packColumns(const float* m, long K, int units, Word* t, long step) {
  for (long k = 0; k < K; k += V) {
    int n = K - k < V ? (int)(K - k) : V;
    vf r[V];
#pragma GCC unroll 16
    for (int i = 0; i < V; i++) r[i] = i < units ? load(m + i * K + k, n) : vf{};
    transpose(r);
    for (int i = 0; i < n; i += PER_WORD) store(t + (k + i) / PER_WORD * step, join(r[i], r[i + PER_WORD - 1]));
  }
}

}  // namespace carousel::CAROUSEL_ISA
