// The inner product of everything: a tile of MR rows and NV vectors of C, kept in registers while k runs.
//
//   C[r][v] = init + sum over k of A[r][k] * B[k][v]
//
// A and B are words, K of them along k. A is read one word at a time, A(r, k) = a[r * rs + k * ks]; B is a panel [K][NV * V]
// without gaps, aligned to a vector.
#pragma once
#include <utility>

#include "number.h"

namespace carousel::CAROUSEL_ISA {

// Where a tile begins from.
enum class From { zero, row, c };  // zeros; one row for all rows (a bias); what C holds

// 32 registers hold a tile of 24 with AVX-512, 16 hold one of 12 with AVX2.
constexpr int tileRows(int nv) { return V == 16 ? (nv == 1 ? 14 : nv == 2 ? 12 : 8) : (nv == 1 ? 12 : nv == 2 ? 6 : 4); }

// How far before its use a single row asks for B, which it reads once and faster than a cache's own prefetching brings it.
constexpr long AHEAD = 2048 / sizeof(Word);

template <int MR, int NV, From from>
static void tile(long K, const Word* a, long rs, long ks, const Word* b, float* c, long ldc, const float* row) {
  // Enough independent sums to hide the latency of an addition.
  constexpr int U = MR * NV >= 2 * LATENCY ? 1 : MR * NV >= LATENCY ? 2 : 4;
  vf sum[U][MR][NV];
#pragma GCC unroll 32
  for (int r = 0; r < MR; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < NV; v++) {
      sum[0][r][v] = from == From::zero ? vf{} : from == From::row ? load(row + v * V) : load(c + r * ldc + v * V);
#pragma GCC unroll 4
      for (int u = 1; u < U; u++) sum[u][r][v] = vf{};
    }
  }
  // Rows in groups of three: base, base + rs, base + 2 rs are addressing modes.
  constexpr int Q = (MR + 2) / 3;
  const Word* q[Q];
#pragma GCC unroll 8
  for (int i = 0; i < Q; i++) q[i] = a + 3L * i * rs;
  long k = 0;
  for (; k + U <= K; k += U) {
#pragma GCC unroll 4
    for (int u = 0; u < U; u++) {
      vw bv[NV];
#pragma GCC unroll 4
      for (int v = 0; v < NV; v++) {
        bv[v] = *reinterpret_cast<const vw*>(b + v * V);
        if (MR == 1) __builtin_prefetch(b + v * V + AHEAD);
      }
      b += NV * V;
#pragma GCC unroll 32
      for (int r = 0; r < MR; r++) {
        vw av = all(q[r / 3][(r % 3) * rs]);
#pragma GCC unroll 4
        for (int v = 0; v < NV; v++) sum[u][r][v] = multiplyAdd(sum[u][r][v], av, bv[v]);
      }
#pragma GCC unroll 8
      for (int i = 0; i < Q; i++) q[i] += ks;
    }
  }
  for (; U > 1 && k < K; k++) {
#pragma GCC unroll 4
    for (int v = 0; v < NV; v++) {
      vw bv = *reinterpret_cast<const vw*>(b + v * V);
#pragma GCC unroll 32
      for (int r = 0; r < MR; r++) sum[0][r][v] = multiplyAdd(sum[0][r][v], all(q[r / 3][(r % 3) * rs]), bv);
    }
    b += NV * V;
#pragma GCC unroll 8
    for (int i = 0; i < Q; i++) q[i] += ks;
  }
#pragma GCC unroll 32
  for (int r = 0; r < MR; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < NV; v++) {
      vf s = sum[0][r][v];
#pragma GCC unroll 4
      for (int u = 1; u < U; u++) s += sum[u][r][v];
      store(c + r * ldc + v * V, s);
    }
  }
}

typedef void Tile(long K, const Word* a, long rs, long ks, const Word* b, float* c, long ldc, const float* row);

template <int NV, From from, int... I>
static constexpr auto tileTable(std::integer_sequence<int, I...>) {
  struct Table {
    Tile* rows[sizeof...(I)];
  };
  return Table{{tile<I + 1, NV, from>...}};
}

// Any number of rows, in blocks of nearly equal size.
template <int NV, From from>
static void rows(long M, long K, const Word* a, long rs, long ks, const Word* b, float* c, long ldc, const float* row) {
  constexpr int MR = tileRows(NV);
  static constexpr auto table = tileTable<NV, from>(std::make_integer_sequence<int, MR>());
  long blocks = (M + MR - 1) / MR;
  for (long i = 0, done = 0; i < blocks; i++) {
    long n = (M - done) / (blocks - i);
    table.rows[n - 1](K, a + done * rs, rs, ks, b, c + done * ldc, ldc, row);
    done += n;
  }
}

}  // namespace carousel::CAROUSEL_ISA
