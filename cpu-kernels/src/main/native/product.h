// A matrix product whose operands come as they lie in memory: blocks of B are brought into panels, by all threads together or
// each its own, columns of A into tiles by the thread that multiplies them. A sum over k is never split between threads, and
// neither tiles nor blocks depend on how many there are.
#pragma once
#include "packing.h"

namespace carousel::CAROUSEL_ISA {

struct Product {
  long M, N, K;
  const float* a;   // A(m, k) = a[m * ars + k * aks]; one of the strides is 1, both may be
  long ars, aks;
  const float* b;   // B(k, n) = b[k * ldb + n]
  long ldb;
  float* c;         // C(m, n) = c[m * ldc + n]
  long ldc;
  bool add;         // to what C holds
  float* sums;      // [M], the sum of each row of A is added to it; needs ars = 1; null for none
  float* scratch;   // productFloats(threads)
  Barrier barrier;
};

namespace product {

constexpr long DEPTH = 512, WIDTH = 512;        // of a block of B
constexpr long MR = tileRows(2), STRIP = 8;     // rows of a tile, and tiles for which a panel of B is read once
constexpr long GROUP = 8;                       // rows of B that are brought into panels at once
constexpr long AHEAD = 8;                       // columns of A that are asked for before they are packed
constexpr long PITCH = DEPTH + V;               // of A's rows, so that they do not meet in one set of the cache
constexpr long BLOCK = DEPTH * (WIDTH + 2 * V), OWN = STRIP * MR * PITCH + V;

static_assert(MR <= V, "a tile's column of A is one vector");

class Multiplier {
 public:
  Multiplier(Product& product, int rank_, int size_)
      : p(product),
        rank(rank_),
        size(size_),
        own(p.scratch + 2 * BLOCK + rank * OWN),
        columns{p.N, 0},
        tiles((p.M + MR - 1) / MR),
        byPanels(p.N > p.M) {}

  void run() {
    long wide = p.N == 0 ? 1 : (p.N + WIDTH - 1) / WIDTH, deep = p.K == 0 ? 1 : (p.K + DEPTH - 1) / DEPTH;
    for (long j = 0, turn = 0; j < wide; j++) {
      if (byPanels && j > 0) p.barrier.wait(size);
      first = columns.panels() * j / wide;
      long count = columns.panels() * (j + 1) / wide - first;
      begin = first + (byPanels ? count * rank / size : 0);
      end = first + (byPanels ? count * (rank + 1) / size : count);
      for (long i = 0; i < deep; i++, turn++) {
        k = p.K * i / deep;
        depth = p.K * (i + 1) / deep - k;
        // Blocks that are shared in turn: whoever has passed the barrier knows that nobody reads the other any more.
        block = p.scratch + (byPanels || size == 1 ? 0 : turn % 2 * BLOCK);
        pack();
        if (begin < end || p.N == 0) strips();
      }
    }
  }

 private:
  Product& p;
  const int rank, size;
  float* const own;
  const Columns columns;
  const long tiles;         // of rows of C, nearly equal
  const bool byPanels;      // threads share out panels, each packs its own; otherwise tiles
  long first = 0;           // panel of the block
  long begin = 0, end = 0;  // panels that this thread multiplies with
  long k = 0, depth = 0;
  float* block = nullptr;

  bool byColumns() const { return p.ars == 1; }

  // Rows of A are read as they lie unless they would meet in few sets of the cache.
  bool inPlace() const { return !byColumns() && p.ars * sizeof(float) % 2048 != 0; }

  // Where it is in the block depends on nothing else, as threads with panels of their own may be at different depths.
  float* panel(long q) const { return block + (q - first) * 2 * V * DEPTH; }

  long row(long tile) const { return p.M * tile / tiles; }

  void pack() {
    long r = byPanels ? 0 : depth * rank / size, to = byPanels ? depth : depth * (rank + 1) / size;
    for (; r < to; r += GROUP) packRows(r, r + GROUP < to ? r + GROUP : to);
    if (!byPanels) p.barrier.wait(size);
  }

  void strips() {
    long t = byPanels ? 0 : tiles * rank / size, count = (byPanels ? tiles : tiles * (rank + 1) / size) - t;
    long strips = (count + STRIP - 1) / STRIP;
    for (long s = 0; s < strips; s++) strip(t + count * s / strips, t + count * (s + 1) / strips);
  }

  // Rows of the block into panels: few at once, so that B is read as it lies.
  void packRows(long start, long stop) {
    for (long q = begin; q < end; q++) {
      int vectors = columns.vectors(q), left = (int)(p.N - q * 2 * V);
      const float* row = p.b + (k + start) * p.ldb + q * 2 * V;
      float* to = panel(q) + start * vectors * V;
      for (long r = start; r < stop; r++, row += p.ldb) {
        fetch(row + GROUP * p.ldb, 2);
        for (int v = 0; v < vectors; v++, to += V) store(to, load(row + v * V, left - v * V));
      }
    }
  }

  void strip(long start, long stop) {
    if (byColumns()) {
      packColumns(start, stop);
    } else if (!inPlace()) {
      for (long t = start; t < stop; t++) copyRows(row(t), row(t + 1) - row(t), own + (t - start) * MR * PITCH);
    }
    for (long q = begin; q < end; q++)
      for (long t = start; t < stop; t++) multiply(q, row(t), row(t + 1) - row(t), t - start);
  }

  void copyRows(long m, long height, float* to) {
    const float* from = p.a + m * p.ars + k;
    for (long r = 0; r < height; r++) memcpy(to + r * PITCH, from + r * p.ars, depth * sizeof(float));
  }

  // Columns of all tiles of the strip, each tile's of its own height. They lie far apart, where a cache expects nothing.
  void packColumns(long start, long stop) {
    long at[STRIP + 1], count = stop - start;
    for (long t = 0; t <= count; t++) at[t] = row(start + t);
    long lines = ((at[count] - at[0]) * sizeof(float) + 63) / 64 + 1;
    vf sum[STRIP] = {};
    for (long i = 0; i < depth; i++) {
      const float* from = p.a + (k + i) * p.aks;
      fetch(from + AHEAD * p.aks + at[0], lines);
      for (long t = 0; t < count; t++) {
        long height = at[t + 1] - at[t];
        vf column = load(from + at[t], (int)height);
        store(own + t * MR * PITCH + i * height, column);
        sum[t] += column;
      }
    }
    if (p.sums == nullptr || begin != 0) return;
    for (long t = 0; t < count; t++) {
      int height = (int)(at[t + 1] - at[t]);
      store(p.sums + at[t], load(p.sums + at[t], height) + sum[t], height);
    }
  }

  void multiply(long q, long m, long height, long t) {
    const float* a = inPlace() ? p.a + m * p.ars + k : own + t * MR * PITCH;
    long rs = byColumns() ? 1 : inPlace() ? p.ars : PITCH, ks = byColumns() ? height : 1, left = p.N - q * 2 * V;
    float* c = p.c + m * p.ldc + q * 2 * V;
    bool adds = p.add || k > 0;
    if (left >= 2 * V) {
      (adds ? rows<2, From::c> : rows<2, From::zero>)(height, depth, a, rs, ks, panel(q), c, p.ldc, nullptr);
      return;
    }
    alignas(64) float t_[MR * 2 * V];
    auto product = columns.vectors(q) == 2 ? rows<2, From::zero> : rows<1, From::zero>;
    product(height, depth, a, rs, ks, panel(q), t_, 2 * V, nullptr);
    for (long r = 0; r < height; r++) {
      for (int v = 0; v < left; v += V) {
        int n = (int)left - v;
        vf x = load(t_ + r * 2 * V + v);
        store(c + r * p.ldc + v, adds ? x + load(c + r * p.ldc + v, n) : x, n);
      }
    }
  }
};

}  // namespace product

static inline long productFloats(int threads) { return 2 * product::BLOCK + threads * product::OWN; }

static void multiplyWork(void* job, int rank, int size) {
  product::Multiplier(*static_cast<Product*>(job), rank, size).run();
}

}  // namespace carousel::CAROUSEL_ISA
