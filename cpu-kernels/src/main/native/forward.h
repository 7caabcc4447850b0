// The recurrence, forwards. A thread owns blocks of units: it computes their gates for all rows, from the input's product
// to the new state, so that threads meet once a step, when all of h is there.
#pragma once
#include "plan.h"

namespace carousel::CAROUSEL_ISA {

// One block of V units at one step: rows of the slots and of the states before and after.
struct StepBlock {
  long rows;
  float* gates;        // [rows][S * V]
  long gatePitch;
  const float *h, *c;  // before the step
  float *hNext, *cNext;
  long statePitch;
  Word* hidden;        // h after the step as words, where these are bfloat16
  long hiddenPitch;
  float* y;            // of the block, row 0 of the caller's
  const int* source;   // the caller's row of each row; null if they are the same
  long yPitch;
  int units;           // of the block that exist

  void put(long r, vf h2) const {
    store(hNext + r * statePitch, h2);
    keepWords(hidden + r * hiddenPitch, h2);
    store(y + (source == nullptr ? r : source[r]) * yPitch, h2, units);
  }
};

// Keeps the gates for backward.
static void lstmKeepingStep(const StepBlock& b) {
  for (long r = 0; r < b.rows; r++) {
    float* g = b.gates + r * b.gatePitch;
    vf i = sigmoid(load(g)), f = sigmoid(load(g + V)), n = tanh(load(g + 2 * V)), o = sigmoid(load(g + 3 * V));
    store(g, i);
    store(g + V, f);
    store(g + 2 * V, n);
    store(g + 3 * V, o);
    vf c = f * load(b.c + r * b.statePitch) + i * n;
    store(b.cNext + r * b.statePitch, c);
    b.put(r, o * tanh(c));
  }
}

// Products of gates, each with one division.
static void lstmStep(const StepBlock& b) {
  for (long r = 0; r < b.rows; r++) {
    const float* g = b.gates + r * b.gatePitch;
    Quotient n = tanhQuotient(load(g + 2 * V));
    vf in = n.over * reciprocal(n.under * inverseSigmoid(load(g)));
    vf c = sigmoid(load(g + V)) * load(b.c + r * b.statePitch) + in;
    store(b.cNext + r * b.statePitch, c);
    Quotient t = tanhQuotient(c);
    b.put(r, t.over * reciprocal(t.under * inverseSigmoid(load(g + 3 * V))));
  }
}

template <bool keep>
static void gruStep(const StepBlock& b) {
  for (long r = 0; r < b.rows; r++) {
    float* g = b.gates + r * b.gatePitch;
    vf reset = sigmoid(load(g + V)), z = sigmoid(load(g + 2 * V));
    vf n = tanh(load(g) + reset * load(g + 3 * V));
    if (keep) {
      store(g, n);
      store(g + V, reset);
      store(g + 2 * V, z);
    }
    b.put(r, n + z * (load(b.h + r * b.statePitch) - n));
  }
}

template <bool rectified>
static void rnnStep(const StepBlock& b) {
  for (long r = 0; r < b.rows; r++) {
    vf x = load(b.gates + r * b.gatePitch);
    b.put(r, rectified ? relu(x) : tanh(x));
  }
}

static inline void stepBlock(Cell cell, bool keep, const StepBlock& b) {
  switch (cell) {
    case Cell::lstm:
      return keep ? lstmKeepingStep(b) : lstmStep(b);
    case Cell::gru:
      return keep ? gruStep<true>(b) : gruStep<false>(b);
    case Cell::rnnTanh:
      return rnnStep<false>(b);
    case Cell::rnnRelu:
      return rnnStep<true>(b);
  }
}

// Copies units [from, to) of N rows between the caller's order [N][H] and ours. Absent means zeros.
static inline void takeState(const Call& call, const float* state, float* ours, int from, int to) {
  if (from >= to) return;
  const Spec& s = call.plan.spec;
  int real = (to < s.H ? to : s.H) - from;
  for (int r = 0; r < call.plan.N; r++) {
    float* row = ours + r * s.statePitch() + from;
    memset(row, 0, (to - from) * sizeof(float));
    if (state != nullptr) memcpy(row, state + (long)call.steps.order[r] * s.H + from, real * sizeof(float));
  }
}

static inline void giveState(const Call& call, const float* ours, long first, long last, float* state, int from, int to) {
  if (from >= to || state == nullptr) return;
  const Spec& s = call.plan.spec;
  int real = (to < s.H ? to : s.H) - from;
  for (long r = first; r < last; r++)
    memcpy(state + (long)call.steps.order[r] * s.H + from, ours + r * s.statePitch() + from, real * sizeof(float));
}

// One direction of one layer, by one thread of its lane.
class ForwardRun {
 public:
  ForwardRun(Call& c, int l, const Lane& lane_, Word* scratch)
      : call(c),
        plan(c.plan),
        s(c.plan.spec),
        steps(c.steps),
        lane(lane_),
        layer(l),
        cell(l * s.D + lane.direction),
        weights(c.weights.cells[cell]),
        gathered(scratch),
        first(s.blocks() * lane.rank / lane.size),
        end(s.blocks() * (lane.rank + 1) / lane.size) {}

  void run() {
    start();
    lane.wait();
    for (int from = 0; from < steps.longest; from += plan.chunk()) {
      int to = from + plan.chunk() < steps.longest ? from + plan.chunk() : steps.longest;
      input(from, to);
      for (int t = from; t < to; t++) {
        step(t, from);
        lane.wait();
        fetchState(t + 1);
      }
    }
  }

 private:
  Call& call;
  const Plan& plan;
  const Spec& s;
  const Steps& steps;
  const Lane lane;
  const int layer, cell;
  const CellWeights& weights;
  Word* gathered;
  const int first, end;  // blocks of this thread

  int d() const { return lane.direction; }
  long stateOffset(long packed) const { return packed * s.statePitch(); }

  // Rows of the state that step t reads. When training, all are kept: the initial rows, then those after each step.
  float* before(int t, bool cellState) const {
    if (!plan.training) {
      return cellState ? call.work(plan.c[d()]) : call.work(plan.h[d()]) + t % 2 * stateOffset(plan.N);
    }
    const Kept& k = plan.kept[cell];
    return call.reserve(cellState ? k.c : k.h) + (t == 0 ? 0 : stateOffset(plan.N + steps.start[t - 1]));
  }

  // h before step t as words.
  Word* hidden(int t) const {
    return PER_WORD == 2 ? call.words(plan.hidden[d()]) + t % 2 * plan.N * s.hiddenPitch()
                         : reinterpret_cast<Word*>(before(t, false));
  }

  // The same as the product reads it: integers are made by each thread for itself, once all of h is there.
  const Word* operand(int t, long rows) {
    if (PER_WORD != 4) return hidden(t);
    long pitch = s.hiddenPitch();
    for (long r = 0; r < rows; r++) toRow(gathered + r * pitch, before(t, false) + stateOffset(r), s.H, pitch);
    return gathered;
  }

  const float* given(const float* state) const { return state == nullptr ? nullptr : state + (long)cell * plan.N * s.H; }
  float* wanted(float* state) const { return state == nullptr ? nullptr : state + (long)cell * plan.N * s.H; }

  void start() {
    takeState(call, given(call.io.h0), before(0, false), first * V, end * V);
    for (int r = 0; PER_WORD == 2 && r < plan.N; r++)
      for (long u = first * V; u < end * V; u += V)
        keepWords(hidden(0) + r * s.hiddenPitch() + words(u), load(before(0, false) + stateOffset(r) + u));
    if (s.cell == Cell::lstm) takeState(call, given(call.io.c0), before(0, true), first * V, end * V);
    ended(steps.count(0), plan.N, 0);
  }

  // Gates of step t, whose chunk began at step `chunk`.
  float* gates(int t, int chunk) const {
    return plan.training ? call.reserve(plan.kept[cell].gates) + steps.start[t] * s.gatePitch()
                         : call.work(plan.gates[d()]) + (steps.start[t] - steps.start[chunk]) * s.gatePitch();
  }

  // The input's product for the steps of a chunk.
  void input(int from, int to) {
    long at = steps.start[from], n = steps.start[to] - at;
    long in = weights.in, pitch = Spec::wordsApart(in);
    const float* x = call.input(layer);
    const int* source = steps.same(d()) ? nullptr : steps.source[d()] + at;
    bool asTheyAre = PER_WORD == 1 && source == nullptr;
    for (long i = 0; !asTheyAre && i < n; i++)
      toRow(gathered + i * pitch, x + (source == nullptr ? at + i : source[i]) * in, in, pitch);
    const Word* a = asTheyAre ? reinterpret_cast<const Word*>(x + at * in) : gathered;
    for (int b = first; b < end; b++) inputBlock(s, in, weights.w, weights.bias, b, n, a, pitch, gates(from, from) + b * s.S() * V);
  }

  void step(int t, int chunk) {
    StepBlock b;
    b.rows = steps.count(t);
    b.gatePitch = s.gatePitch();
    b.statePitch = s.statePitch();
    b.hiddenPitch = s.hiddenPitch();
    b.yPitch = (long)s.D * s.H;
    b.source = steps.same(d()) ? nullptr : steps.source[d()] + steps.start[t];
    float* y = call.output(layer) + d() * s.H + (steps.same(d()) ? steps.start[t] * b.yPitch : 0);
    bool lstm = s.cell == Cell::lstm;
    const float *h = before(t, false), *c = before(t, lstm);
    float *hNext = before(t + 1, false), *cNext = before(t + 1, lstm);
    float* g = gates(t, chunk);
    const Word* h1 = operand(t, b.rows);
    // Backwards every other step: the blocks used last are still in the cache.
    bool down = (t + call.flip) % 2 != 0;
    for (int i = first; i < end; i++) {
      int block = down ? first + end - 1 - i : i;
      long u = (long)block * V;
      b.gates = g + u * s.S();
      b.h = h + u;
      b.c = c + u;
      b.hNext = hNext + u;
      b.cNext = cNext + u;
      b.hidden = hidden(t + 1) + words(u);
      b.y = y + u;
      b.units = s.H - u < V ? (int)(s.H - u) : V;
      hiddenBlock(s, weights.u, block, b.rows, h1, b.gates);
      stepBlock(s.cell, plan.training, b);
    }
    ended(steps.count(t + 1), b.rows, t + 1);
  }

  // The other threads' parts of the new state lie in other caches: asks for all lines at once rather than one after another.
  void fetchState(int t) const {
    if (lane.size == 1) return;
    long pitch = PER_WORD == 2 ? s.hiddenPitch() : s.statePitch();
    fetch(hidden(t), steps.count(t) * pitch * (long)sizeof(Word) / 64);
  }

  // Hands out the state of the rows that run no further.
  void ended(long from, long to, int t) {
    giveState(call, before(t, false), from, to, wanted(call.io.hn), first * V, end * V);
    if (s.cell == Cell::lstm) giveState(call, before(t, true), from, to, wanted(call.io.cn), first * V, end * V);
  }
};

// y beyond each row's length, one direction's columns.
static inline void zeroPadding(const Call& call, const Lane& lane) {
  const Spec& s = call.plan.spec;
  const Steps& steps = call.steps;
  if (steps.whole) return;
  for (int r = lane.rank; r < steps.N; r += lane.size)
    for (int t = steps.length[r]; t < steps.T; t++)
      memset(call.io.y + ((long)t * steps.N + steps.order[r]) * s.D * s.H + lane.direction * s.H, 0, s.H * sizeof(float));
}

static void forwardWork(void* job, int rank, int size) {
  Call& call = *static_cast<Call*>(job);
  const Spec& s = call.plan.spec;
  for (int l = 0; l < s.L; l++) {
    if (l > 0) call.all.wait(size);
    eachDirection(call, rank, size, [&](const Lane& lane) {
      ForwardRun(call, l, lane, call.scratch(rank)).run();
      if (l + 1 == s.L) zeroPadding(call, lane);
    });
  }
}

}  // namespace carousel::CAROUSEL_ISA
