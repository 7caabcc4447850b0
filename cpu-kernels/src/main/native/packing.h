// Weights in the order in which products read them.
#pragma once
#include <cstdlib>

#include "columns.h"
#include "team.h"
#if defined(CAROUSEL_INT8)
#include "quantised.h"
#else
#include "panels.h"
#endif

namespace carousel::CAROUSEL_ISA {

// One direction of one layer.
struct CellWeights {
  int in;        // columns of W
  Word* w;       // [block][panelDepth(in)][G * V], forward
  Word* u;       // [block][panelDepth(H)][G * V]
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
    at[i * 5] = r.take<Word>(blocks * panelDepth(in) * G * V);
    at[i * 5 + 1] = r.take<Word>(blocks * panelDepth(s.H) * G * V);
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
