// Linear layers: y = x Wᵀ + b with W in panels, and the gradients, for which W is read as it lies.
#pragma once
#include "kernels.h"
#include "product.h"
#include "sharing.h"

namespace carousel::CAROUSEL_ISA {

struct LinearMatrix {
  long outputs, inputs;
  float* panels;  // Columns{outputs, inputs}

  Columns columns() const { return {outputs, inputs}; }
};

static inline LinearMatrix* newMatrix(long outputs, long inputs) {
  LinearMatrix* m = new LinearMatrix{outputs, inputs, nullptr};
  long bytes = (m->columns().floats() * 4 + 63) / 64 * 64;
  m->panels = static_cast<float*>(aligned_alloc(64, bytes > 0 ? bytes : 64));
  if (m->panels == nullptr) {
    delete m;
    return nullptr;
  }
  memset(m->panels, 0, bytes);  // what pads the last panel stays zero
  return m;
}

static inline void freeMatrix(LinearMatrix* m) {
  free(m->panels);
  delete m;
}

struct PackMatrix {
  LinearMatrix* matrix;
  const float* w;
};

static void packMatrixWork(void* job, int rank, int size) {
  PackMatrix* j = static_cast<PackMatrix*>(job);
  Columns c = j->matrix->columns();
  for (long p = c.panels() * rank / size; p < c.panels() * (rank + 1) / size; p++) {
    int vectors = c.vectors(p);
    for (int v = 0; v < vectors; v++) {
      long o = p * 2 * V + v * V;
      int units = c.count - o < V ? (int)(c.count - o) : V;
      packColumns(j->w + o * c.K, c.K, units, j->matrix->panels + c.at(p) + v * V, vectors * V);
    }
  }
}

struct LinearForward {
  const LinearMatrix* matrix;
  const float* x;     // [M][inputs]
  long M;
  const float* bias;  // [outputs] or null
  float* y;           // [M][outputs]
};

// One panel of outputs of up to ROWS rows.
class LinearBlock {
 public:
  static constexpr long ROWS = 8 * tileRows(2);

  LinearBlock(const LinearForward& f, long panel, long r, long n)
      : io(f), columns(f.matrix->columns()), p(panel), row(r), count(n), width(columns.count - p * 2 * V) {}

  void run() {
    float* y = io.y + row * columns.count + p * 2 * V;
    const float* bias = io.bias == nullptr ? nullptr : io.bias + p * 2 * V;
    if (width >= 2 * V) {
      product<2>(y, columns.count, bias);
      return;
    }
    alignas(64) float t[ROWS * 2 * V], b[2 * V] = {};
    if (bias != nullptr) memcpy(b, bias, width * sizeof(float));
    columns.vectors(p) == 2 ? product<2>(t, 2 * V, bias == nullptr ? nullptr : b)
                            : product<1>(t, 2 * V, bias == nullptr ? nullptr : b);
    for (long r = 0; r < count; r++)
      for (long v = 0; v < width; v += V) store(y + r * columns.count + v, load(t + r * 2 * V + v), (int)(width - v));
  }

 private:
  const LinearForward& io;
  const Columns columns;
  const long p, row, count, width;

  template <int NV>
  void product(float* y, long ldy, const float* bias) {
    const float* x = io.x + row * columns.K;
    const float* panel = io.matrix->panels + columns.at(p);
    for (long k = 0; k == 0 || k < columns.K; k += product::DEPTH) {
      long depth = columns.K - k < product::DEPTH ? columns.K - k : product::DEPTH;
      auto f = k > 0 ? rows<NV, From::c> : bias != nullptr ? rows<NV, From::row> : rows<NV, From::zero>;
      f(count, depth, x + k, columns.K, 1, panel + k * NV * V, y, ldy, bias);
    }
  }
};

static void linearForwardWork(void* job, int rank, int size) {
  const LinearForward& f = *static_cast<LinearForward*>(job);
  long blocks = (f.M + LinearBlock::ROWS - 1) / LinearBlock::ROWS;
  long items = f.matrix->columns().panels() * blocks;
  for (long i = items * rank / size; i < items * (rank + 1) / size; i++) {
    long b = i % blocks, r = f.M * b / blocks;
    LinearBlock(f, i / blocks, r, f.M * (b + 1) / blocks - r).run();
  }
}

static inline void linearForward(Team& team, LinearForward& f) {
  team.run(threadsFor(team, 2.0 * f.M * f.matrix->outputs * f.matrix->inputs), linearForwardWork, &f);
}

static inline void linearBackward(Team& team, const LinearBackwardOperands& o, char* scratch) {
  int threads = threadsFor(team, 2.0 * o.rows * o.outputs * o.inputs);
  float* s = reinterpret_cast<float*>(scratch);
  if (o.dx != nullptr) {
    Product p{o.rows, o.inputs, o.outputs, o.dy, o.outputs, 1, o.w, o.inputs, o.dx, o.inputs, false, nullptr, s, {}};
    team.run(threads, multiplyWork, &p);
  }
  if (o.dw != nullptr || o.dBias != nullptr) {
    Product p{o.outputs, o.dw == nullptr ? 0 : o.inputs, o.rows, o.dy, 1, o.outputs, o.x, o.inputs, o.dw, o.inputs, true, o.dBias, s, {}};
    team.run(threads, multiplyWork, &p);
  }
}

}  // namespace carousel::CAROUSEL_ISA
