// Linear layers on integers of eight bits, for inference.
#pragma once
#include "kernels.h"
#include "quantised.h"
#include "sharing.h"

namespace carousel::CAROUSEL_ISA {

// Sums of so many products fit 32 bits, and a row as words a thread's stack.
constexpr long MOST_INPUTS = 32768;

constexpr int NV = 4, WIDTH = NV * V;

struct QuantisedMatrix {
  long outputs, inputs;
  Word* panels;  // [outputs / WIDTH][panelDepth(inputs)][WIDTH]

  long count() const { return (outputs + WIDTH - 1) / WIDTH; }
  long panelWords() const { return panelDepth(inputs) * WIDTH; }
};

static void* makeMatrix(long outputs, long inputs) {
  QuantisedMatrix* m = new QuantisedMatrix{outputs, inputs, nullptr};
  long bytes = m->count() * m->panelWords() * (long)sizeof(Word);
  m->panels = static_cast<Word*>(aligned_alloc(64, bytes));
  if (m->panels == nullptr) {
    delete m;
    return nullptr;
  }
  memset(m->panels, 0, bytes);  // what pads the last panel stays zero
  return m;
}

static void dropMatrix(void* matrix) {
  QuantisedMatrix* m = static_cast<QuantisedMatrix*>(matrix);
  free(m->panels);
  delete m;
}

struct QuantisedPacking {
  QuantisedMatrix* matrix;
  const float* w;
};

static void packMatrixWork(void* job, int rank, int size) {
  QuantisedPacking* j = static_cast<QuantisedPacking*>(job);
  QuantisedMatrix& m = *j->matrix;
  for (long p = m.count() * rank / size; p < m.count() * (rank + 1) / size; p++)
    for (long o = p * WIDTH; o < (p + 1) * WIDTH && o < m.outputs; o++)
      packColumn(j->w + o * m.inputs, m.inputs, m.panels + p * m.panelWords(), WIDTH, o - p * WIDTH);
}

static void packMatrix(Team& team, void* matrix, const float* w) {
  QuantisedPacking job{static_cast<QuantisedMatrix*>(matrix), w};
  team.run(threadsFor(team, 2.0 * job.matrix->outputs * job.matrix->inputs), packMatrixWork, &job);
}

struct QuantisedForward {
  const QuantisedMatrix& matrix;
  const float* x;     // [M][inputs]
  long M;
  const float* bias;  // [outputs] or null
  float* y;           // [M][outputs]

  void panel(long p, const Word* rows, long pitch, long from, long n) const {
    const Word* b = matrix.panels + p * matrix.panelWords();
    long left = matrix.outputs - p * WIDTH;
    float* to = y + from * matrix.outputs + p * WIDTH;
    const float* row = bias == nullptr ? nullptr : bias + p * WIDTH;
    if (left >= WIDTH) return quantised<NV, false>(n, matrix.inputs, rows, pitch, b, to, matrix.outputs, row);
    alignas(64) float t[quantisedRows(NV) * WIDTH], bs[WIDTH] = {};
    if (row != nullptr) memcpy(bs, row, left * sizeof(float));
    for (long r = 0; r < n; r += quantisedRows(NV)) {
      long some = n - r < quantisedRows(NV) ? n - r : quantisedRows(NV);
      quantised<NV, false>(some, matrix.inputs, rows + r * pitch, pitch, b, t, WIDTH, bs);
      for (long i = 0; i < some; i++) memcpy(to + (r + i) * matrix.outputs, t + i * WIDTH, left * sizeof(float));
    }
  }
};

// Each thread makes its own words of the rows, and multiplies them with its panels.
static void quantisedForwardWork(void* job, int rank, int size) {
  const QuantisedForward& f = *static_cast<QuantisedForward*>(job);
  constexpr long ROOM = Spec::wordsApart(MOST_INPUTS);
  alignas(64) Word words[ROOM];
  long pitch = Spec::wordsApart(f.matrix.inputs), most = ROOM / pitch;
  for (long from = 0; from < f.M; from += most) {
    long n = f.M - from < most ? f.M - from : most;
    for (long r = 0; r < n; r++) toRow(words + r * pitch, f.x + (from + r) * f.matrix.inputs, f.matrix.inputs, pitch);
    long count = f.matrix.count();
    for (long p = count * rank / size; p < count * (rank + 1) / size; p++) f.panel(p, words, pitch, from, n);
  }
}

static void linear(Team& team, const void* matrix, const float* x, long rows, const float* bias, float* y) {
  QuantisedForward job{*static_cast<const QuantisedMatrix*>(matrix), x, rows, bias, y};
  team.run(threadsFor(team, 2.0 * rows * job.matrix.outputs * job.matrix.inputs), quantisedForwardWork, &job);
}

static constexpr LinearKernels linearKernels = {nullptr, makeMatrix, packMatrix, dropMatrix, linear, nullptr};

}  // namespace carousel::CAROUSEL_ISA
