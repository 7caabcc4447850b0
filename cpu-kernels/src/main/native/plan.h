// A network prepared for T steps and N rows: where everything lies in the caller's reserve and work space.
#pragma once
#include "packing.h"
#include "steps.h"

namespace carousel::CAROUSEL_ISA {

// What backward reads of a layer and direction: packed rows; h and c begin with the N rows of the initial state.
struct Kept {
  long gates, h, c;
};

struct Plan {
  Spec spec;
  int T, N;
  bool training;
  int threads;       // that a call may use
  long reserveBytes, workBytes;

  Kept* kept;        // [layer * D + direction], in the reserve; null for inference
  long* outputs;     // [layer] y [T * N][D * H] of each layer but the last, in the reserve or, for inference, in work

  // In work, for each direction:
  long gates[2];     // inference: of one chunk
  long h[2], c[2];   // inference: h [2][N][Hp], c [N][Hp]
  long hidden[2];    // bfloat16: h as words, [2][N][Hp]
  long dh[2], dc[2]; // training: gradients of the state, [N][Hp]
  long dGates[2];    // training: words of [R][G * Hp], by the input's product
  long dHidden[2];   // training a GRU: by the hidden product; otherwise the same as dGates

  // In work, once:
  long index;        // tables of Steps
  long dy[2];        // training: gradients of layers' outputs, [T * N][D * H], turn and turn about

  // In work, for each thread:
  long scratch, scratchWords;

  long rows() const { return (long)T * N; }

  // Steps of which the input's product is computed at once: W is then read once for many rows.
  int chunk() const { return N >= 64 ? 1 : T < 64 / N ? T : 64 / N; }
};

// Blocks of matrix products, chosen so that B's panel stays in the first level of the cache and the rest in the second.
constexpr long KC = 256, MC = 96, NC = 512;

static inline long scratchWords(const Spec& s, const Plan& p) {
  long widest = 0;
  for (int l = 0; l < s.L; l++) widest = s.layerInput(l) > widest ? s.layerInput(l) : widest;
  long gather = (long)p.chunk() * p.N * Spec::wordsApart(widest);
  if (PER_WORD == 4 && p.N * s.hiddenPitch() > gather) gather = p.N * s.hiddenPitch();
  long products = KC * (NC + 2 * V) + KC * 16 + MC * 2 * V + 8 * V;
  return p.training && products > gather ? products : gather;
}

static inline Plan* newPlan(const Spec& s, int T, int N, bool training, int threads) {
  Plan* p = new Plan{};
  p->spec = s;
  p->T = T;
  p->N = N;
  p->training = training;
  p->threads = threads;
  p->kept = new Kept[s.L * s.D];
  p->outputs = new long[s.L];
  Regions reserve, work;
  Regions& lasting = training ? reserve : work;
  long R = p->rows(), H = s.statePitch();
  for (int l = 0; l < s.L; l++) {
    p->outputs[l] = l + 1 < s.L ? lasting.take<float>(R * s.D * s.H + V) : -1;
    for (int d = 0; training && d < s.D; d++) {
      Kept& k = p->kept[l * s.D + d];
      k.gates = reserve.take<float>(R * s.gatePitch());
      k.h = reserve.take<float>((R + N) * H);
      k.c = s.cell == Cell::lstm ? reserve.take<float>((R + N) * H) : -1;
    }
  }
  for (int d = 0; d < s.D; d++) {
    if (training) {
      p->dh[d] = work.take<float>(N * H);
      p->dc[d] = work.take<float>(N * H);
      p->dGates[d] = work.take<Word>(R * s.deltaPitch());
      p->dHidden[d] = s.cell == Cell::gru ? work.take<Word>(R * s.deltaPitch()) : p->dGates[d];
      p->dy[d] = s.L > 1 ? work.take<float>(R * s.D * s.H + V) : -1;
    } else {
      p->gates[d] = work.take<float>((long)p->chunk() * N * s.gatePitch());
      p->h[d] = work.take<float>(2 * N * H);
      p->c[d] = work.take<float>(N * H);
    }
    p->hidden[d] = PER_WORD == 2 ? work.take<Word>(2 * N * s.hiddenPitch()) : -1;
  }
  if (training && s.D == 1 && s.L > 1) p->dy[1] = work.take<float>(R * s.H + V);
  p->index = work.take<int>(Steps::ints(T, N) + 2L * (T + 2));
  p->scratchWords = (scratchWords(s, *p) + 127) / 64 * 64;
  p->scratch = work.take<Word>(p->scratchWords * threads);
  p->reserveBytes = reserve.bytes;
  p->workBytes = work.bytes;
  return p;
}

static inline void freePlan(Plan* p) {
  delete[] p->kept;
  delete[] p->outputs;
  delete p;
}

// The operands of a call. Null where the caller has none.
struct Forward {
  const float* x;       // [T * N][C]
  const int* lengths;   // [N]
  const float *h0, *c0; // [L * D][N][H]
  float* y;             // [T * N][D * H]
  float *hn, *cn;       // [L * D][N][H]
  char* reserve;
  char* work;
};

struct Backward {
  const float* dy;       // [T * N][D * H]
  const float *dhn, *dcn; // [L * D][N][H]
  float* dx;             // [T * N][C], written
  float *dh0, *dc0;      // [L * D][N][H], written
  float* dWeights;       // flat, added to
};

// One call under way.
struct Call {
  const Plan& plan;
  const Weights& weights;
  Forward io;
  Backward back;
  Steps steps;
  Barrier all;          // of every thread of the call
  Barrier lanes[2];     // of the threads of one direction
  int flip;             // in which order the blocks of the first step are taken

  Call(const Plan& p, const Weights& w) : plan(p), weights(w) {}

  float* work(long at) const { return reinterpret_cast<float*>(io.work + at); }
  Word* words(long at) const { return reinterpret_cast<Word*>(io.work + at); }
  float* reserve(long at) const { return reinterpret_cast<float*>(io.reserve + at); }
  float* output(int layer) const {
    return layer + 1 == plan.spec.L ? io.y
           : plan.training          ? reserve(plan.outputs[layer])
                                    : work(plan.outputs[layer]);
  }
  const float* input(int layer) const { return layer == 0 ? io.x : output(layer - 1); }
  Word* scratch(int rank) const { return words(plan.scratch) + rank * plan.scratchWords; }

  void readLengths() {
    Steps& s = steps;
    s.T = plan.T;
    s.N = plan.N;
    s.start = reinterpret_cast<long*>(io.work + plan.index);
    s.order = reinterpret_cast<int*>(s.start + plan.T + 2);
    s.length = s.order + plan.N;
    s.source[0] = s.length + plan.N;
    s.source[1] = s.source[0] + plan.rows();
    s.before = s.source[1] + plan.rows();
    s.read(io.lengths, plan.spec.D);
  }
};

// The threads that compute one direction: all of them in turn where there is one direction or one thread.
struct Lane {
  int direction, rank, size;
  Barrier* barrier;
  void wait() const { barrier->wait(size); }
};

// Runs f(lane) for each direction: side by side where there are two and more than one thread.
template <class F>
static void eachDirection(Call& call, int rank, int size, F f) {
  int D = call.plan.spec.D;
  if (D == 1 || size == 1) {
    for (int d = 0; d < D; d++) f(Lane{d, rank, size, &call.all});
  } else {
    int first = (size + 1) / 2;
    f(rank < first ? Lane{0, rank, first, &call.lanes[0]} : Lane{1, rank - first, size - first, &call.lanes[1]});
  }
}

}  // namespace carousel::CAROUSEL_ISA
