// Weights in the order in which tiles read them. All panels are [K][NV * V] without gaps.
#pragma once
#include <cstdlib>

#include "spec.h"
#include "team.h"
#include "tile.h"
#include "transpose.h"

namespace carousel::CAROUSEL_ISA {

// Columns of a matrix with K rows of words in panels of two vectors, the last of one if that is enough.
struct Columns {
  long count, K;
  long panels() const { return (count + 2 * V - 1) / (2 * V); }
  int vectors(long p) const { return count - p * 2 * V > V ? 2 : 1; }
  long at(long p) const { return p * 2 * V * K; }
  long floats() const { return panels() * 2 * V * K; }  // or words, which are as large
};

// One direction of one layer.
struct CellWeights {
  int in;        // columns of W
  Word* w;       // [block][K = in][G * V], forward
  Word* u;       // [block][K = H][G * V]
  float* bias;   // [block][S * V], the sum of both biases but for the GRU's candidate
  Word* wBack;   // B[g * Hp + unit][in] as Columns, null for inference
  Word* uBack;   // B[g * Hp + unit][H]
};

struct Weights {
  Spec spec;
  bool backward;
  CellWeights* cells;  // layer * D + direction
  char* memory;

  const CellWeights& cell(int layer, int direction) const { return cells[layer * spec.D + direction]; }
};

// Floats of one cell in the flat buffer: W, U, b, b'.
static inline long flatSize(const Spec& s, int layer) {
  return (long)s.G() * s.H * (s.layerInput(layer) + s.H + 2);
}

static inline Weights* newWeights(const Spec& s, bool backward) {
  int cells = s.L * s.D;
  long blocks = s.blocks(), padded = s.padded(), G = s.G();
  Regions r;
  long* at = new long[cells * 5];
  for (int i = 0; i < cells; i++) {
    int in = s.layerInput(i / s.D);
    at[i * 5] = r.take<Word>(blocks * words(in) * G * V);
    at[i * 5 + 1] = r.take<Word>(blocks * words(s.H) * G * V);
    at[i * 5 + 2] = r.take<float>(blocks * s.S() * V);
    at[i * 5 + 3] = r.take<Word>(backward ? Columns{in, G * words(padded)}.floats() : 0);
    at[i * 5 + 4] = r.take<Word>(backward ? Columns{s.H, G * words(padded)}.floats() : 0);
  }
  char* memory = static_cast<char*>(aligned_alloc(64, r.bytes));
  if (memory == nullptr) {
    delete[] at;
    return nullptr;
  }
  memset(memory, 0, r.bytes);  // what pads blocks and panels stays zero
  Weights* w = new Weights{s, backward, new CellWeights[cells], memory};
  for (int i = 0; i < cells; i++) {
    auto place = [&](int k) { return reinterpret_cast<Word*>(memory + at[i * 5 + k]); };
    float* bias = reinterpret_cast<float*>(memory + at[i * 5 + 2]);
    w->cells[i] = {s.layerInput(i / s.D),           place(0), place(1), bias, backward ? place(3) : nullptr,
                   backward ? place(4) : nullptr};
  }
  delete[] at;
  return w;
}

static inline void freeWeights(Weights* w) {
  free(w->memory);
  delete[] w->cells;
  delete w;
}

// [block][K][G * V] from m[G * H][K]. The LSTM's four gates are two panels of two, so that a tile has twelve rows.
static inline void packForward(const Spec& s, const float* m, long K, Word* to, bool hidden, int rank, int size) {
  int G = s.G();
  for (int b = s.blocks() * rank / size; b < s.blocks() * (rank + 1) / size; b++) {
    int units = s.H - b * V < V ? s.H - b * V : V;
    for (int g = 0; g < G; g++) {
      int slot = hidden ? s.hiddenSlot(g) - (s.cell == Cell::gru) : s.inputSlot(g);
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

static inline void packBias(const Spec& s, const float* b, float* to) {
  const float* b2 = b + (long)s.G() * s.H;
  for (int g = 0; g < s.G(); g++) {
    for (int u = 0; u < s.H; u++) {
      float* t = to + (u / V * s.S()) * V + u % V;
      long i = (long)g * s.H + u;
      if (s.cell == Cell::gru && g == 2) {
        t[0] = b[i];
        t[3 * V] = b2[i];
      } else {
        t[s.inputSlot(g) * V] = b[i] + b2[i];
      }
    }
  }
}

struct PackJob {
  Weights* weights;
  const float* flat;
};

static inline void packWork(void* job, int rank, int size) {
  PackJob* j = static_cast<PackJob*>(job);
  const Spec& s = j->weights->spec;
  const float* flat = j->flat;
  for (int i = 0; i < s.L * s.D; i++) {
    CellWeights& c = j->weights->cells[i];
    const float* u = flat + (long)s.G() * s.H * c.in;
    packForward(s, flat, c.in, c.w, false, rank, size);
    packForward(s, u, s.H, c.u, true, rank, size);
    if (j->weights->backward) {
      packBackward(s, flat, c.in, c.wBack, rank, size);
      packBackward(s, u, s.H, c.uBack, rank, size);
    }
    if (rank == 0) packBias(s, u + (long)s.G() * s.H * s.H, c.bias);
    flat += flatSize(s, i / s.D);
  }
}

}  // namespace carousel::CAROUSEL_ISA
