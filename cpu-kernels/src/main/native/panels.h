// Gates' weights of numbers with a floating point: how they lie in panels, and the products that read them.
#pragma once
#include "columns.h"
#include "tile.h"
#include "transpose.h"

namespace carousel::CAROUSEL_ISA {

// A row of n numbers as words, and zeros up to a whole vector where these are not floats.
static inline void toRow(Word* to, const float* from, long n, long) {
  if (PER_WORD == 1) {
    memcpy(to, from, n * sizeof(float));
    return;
  }
  for (long i = 0; i < n; i += V) store(to + i / PER_WORD, load(from + i, n - i < V ? (int)(n - i) : V));
}

// Words along k of a block's panel.
static constexpr long panelDepth(long K) { return words(K); }

// [block][K][G * V] from m[G * H][K]. The LSTM's four gates are two panels of two, so that a tile has twelve rows.
static inline void packForward(const Spec& s, const float* m, long K, Word* to, bool hidden, int rank, int size) {
  int G = s.G();
  for (int b = s.blocks() * rank / size; b < s.blocks() * (rank + 1) / size; b++) {
    int units = s.H - b * V < V ? s.H - b * V : V;
    for (int g = 0; g < G; g++) {
      int slot = hidden ? g : s.inputSlot(g);
      bool halves = s.cell == Cell::lstm;
      long step = halves ? 2 * V : G * V;
      long depth = words(K);
      Word* t = to + b * depth * G * V + (halves ? slot / 2 * depth * 2 * V + slot % 2 * V : slot * V);
      packColumns(m + ((long)g * s.H + b * V) * K, K, units, t, step);
    }
  }
}

// Columns of B[g * Hp + unit][n] from m[G * H][n].
static inline void packBackward(const Spec& s, const float* m, long n, Word* to, int rank, int size) {
  long padded = words(s.padded());
  Columns c{n, s.G() * padded};
  for (long p = c.panels() * rank / size; p < c.panels() * (rank + 1) / size; p++) {
    int width = c.vectors(p) * V;
    for (int g = 0; g < s.G(); g++) {
      for (long u = 0; u < s.H; u += PER_WORD) {
        const float* row = m + (g * s.H + u) * n + p * 2 * V;
        const float* next = u + 1 < s.H ? row + n : nullptr;
        Word* t = to + c.at(p) + (g * padded + u / PER_WORD) * width;
        for (int v = 0; v < width; v += V) {
          int left = n - p * 2 * V - v < V ? (int)(n - p * 2 * V - v) : V;
          store(t + v, join(load(row + v, left), next == nullptr ? vf{} : load(next + v, left)));
        }
      }
    }
  }
}

// Slots of one block from the input's product: bias + x Wᵀ.
//
// x: rows `pitch` words apart, of `in` numbers
static inline void inputBlock(const Spec& s, long in, const Word* panels, const float* biases, long block, long rows_,
                              const Word* x, long pitch, float* gates) {
  long K = words(in);
  const Word* panel = panels + block * K * s.G() * V;
  const float* bias = biases + block * s.S() * V;
  long to = s.gatePitch();
  switch (s.cell) {
    case Cell::lstm:
      rows<2, From::row>(rows_, K, x, pitch, 1, panel, gates, to, bias);
      rows<2, From::row>(rows_, K, x, pitch, 1, panel + K * 2 * V, gates + 2 * V, to, bias + 2 * V);
      return;
    case Cell::gru:
      rows<3, From::row>(rows_, K, x, pitch, 1, panel, gates, to, bias);
      for (long r = 0; r < rows_; r++) store(gates + r * to + 3 * V, load(bias + 3 * V));
      return;
    default:
      rows<1, From::row>(rows_, K, x, pitch, 1, panel, gates, to, bias);
  }
}

// Adds the hidden product h Uᵀ.
static inline void hiddenBlock(const Spec& s, const Word* panels, long block, long rows_, const Word* h, float* gates) {
  long K = words(s.H), from = s.hiddenPitch(), to = s.gatePitch();
  const Word* panel = panels + block * K * s.G() * V;
  switch (s.cell) {
    case Cell::lstm:
      rows<2, From::c>(rows_, K, h, from, 1, panel, gates, to, nullptr);
      rows<2, From::c>(rows_, K, h, from, 1, panel + K * 2 * V, gates + 2 * V, to, nullptr);
      return;
    case Cell::gru:
      rows<3, From::c>(rows_, K, h, from, 1, panel, gates + V, to, nullptr);
      return;
    default:
      rows<1, From::c>(rows_, K, h, from, 1, panel, gates, to, nullptr);
  }
}

}  // namespace carousel::CAROUSEL_ISA
