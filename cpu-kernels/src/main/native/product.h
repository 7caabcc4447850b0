// A matrix product whose operands come as they lie in memory: blocks of B are brought into panels by all threads together,
// strips of A into tiles by the thread that multiplies them. A sum over k is never split between threads, and neither strips
// nor blocks depend on how many there are.
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

constexpr long DEPTH = 512, WIDTH = 512;         // of a block of B
constexpr long MR = tileRows(2), STRIP = 8 * MR;  // rows of A for which a panel of B is read once
constexpr long PITCH = DEPTH + V;                 // of A's rows, so that they do not meet in one set of the cache
constexpr long BLOCK = DEPTH * (WIDTH + 2 * V), OWN = STRIP * PITCH + V;

static_assert(MR <= V, "a tile's column of A is one vector");

class Multiplier {
 public:
  Multiplier(Product& product, int rank_, int size_)
      : p(product), rank(rank_), size(size_), own(p.scratch + 2 * BLOCK + rank * OWN), columns{p.N, 0} {}

  void run() {
    if (p.M == 0) return;
    long height = ((p.M + 7) / 8 + MR - 1) / MR * MR;
    strips = (p.M + (height < STRIP ? height : STRIP) - 1) / (height < STRIP ? height : STRIP);
    long wide = p.N == 0 ? 1 : (p.N + WIDTH - 1) / WIDTH, deep = p.K == 0 ? 1 : (p.K + DEPTH - 1) / DEPTH;
    for (long j = 0, turn = 0; j < wide; j++) {
      first = columns.panels() * j / wide;
      end = columns.panels() * (j + 1) / wide;
      for (long i = 0; i < deep; i++, turn++) {
        k = p.K * i / deep;
        depth = p.K * (i + 1) / deep - k;
        // Two blocks in turn: whoever has passed the barrier knows that nobody reads the other any more.
        block = p.scratch + turn % 2 * BLOCK;
        for (long q = first + (end - first) * rank / size; q < first + (end - first) * (rank + 1) / size; q++) packPanel(q);
        p.barrier.wait(size);
        for (long s = strips * rank / size; s < strips * (rank + 1) / size; s++) strip(p.M * s / strips, p.M * (s + 1) / strips);
      }
    }
  }

 private:
  Product& p;
  const int rank, size;
  float* const own;
  const Columns columns;
  long strips = 0, first = 0, end = 0, k = 0, depth = 0;
  float* block = nullptr;

  bool byColumns() const { return p.ars == 1; }

  float* panel(long q) const { return block + (q - first) * 2 * V * depth; }

  void packPanel(long q) {
    int vectors = columns.vectors(q);
    int left = (int)(p.N - q * 2 * V);
    float* to = panel(q);
    const float* from = p.b + k * p.ldb + q * 2 * V;
    if (left >= 2 * V) {
      for (long r = 0; r < depth; r++, from += p.ldb, to += 2 * V) {
        store(to, load(from));
        store(to + V, load(from + V));
      }
    } else {
      for (long r = 0; r < depth; r++, from += p.ldb)
        for (int v = 0; v < vectors; v++, to += V) store(to, load(from + v * V, left - v * V));
    }
  }

  void strip(long from, long to) {
    long tiles = (to - from + MR - 1) / MR, rows = to - from;
    for (long t = 0; t < tiles; t++) packTile(from + rows * t / tiles, rows * (t + 1) / tiles - rows * t / tiles, t);
    for (long q = first; q < end; q++)
      for (long t = 0; t < tiles; t++) multiply(q, from + rows * t / tiles, rows * (t + 1) / tiles - rows * t / tiles, t);
  }

  // Rows of A one after another, or, if its columns are what lies together, columns of `height`.
  void packTile(long m, long height, long t) {
    float* to = own + t * MR * PITCH;
    const float* from = p.a + m * p.ars + k * p.aks;
    if (!byColumns()) {
      for (long r = 0; r < height; r++) memcpy(to + r * PITCH, from + r * p.ars, depth * sizeof(float));
      return;
    }
    vf sum = {};
    for (long i = 0; i < depth; i++) {
      vf column = load(from + i * p.aks, (int)height);
      store(to + i * height, column);
      sum += column;
    }
    if (p.sums != nullptr && first == 0) store(p.sums + m, load(p.sums + m, (int)height) + sum, (int)height);
  }

  void multiply(long q, long m, long height, long t) {
    const float* a = own + t * MR * PITCH;
    long rs = byColumns() ? 1 : PITCH, ks = byColumns() ? height : 1, left = p.N - q * 2 * V;
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
