// The recurrence, backwards. First step by step, from the last: the gradient of h goes through the gates, and the gates'
// gradients through U to the step before. Then, for all steps at once, the gradients of inputs and weights, which are
// ordinary matrix products.
#pragma once
#include "forward.h"

namespace carousel::CAROUSEL_ISA {

// One block of V units at one step. delta: gradients of the gates before their activation.
struct DeltaBlock {
  long rows;
  const float* gates;          // [rows][S * V] as forward left them
  long gatePitch;
  const float *h, *hNext;      // before and after the step
  const float *c, *cNext;
  float *dh, *dc;              // in: of the state after the step; out: what of it passes to the state before, apart from U
  long statePitch;
  Word *dx, *du;               // deltas by the input's and by the hidden product
  long deltaPitch, padded;     // padded: words between two gates
};

static inline void lstmDelta(const DeltaBlock& b) {
  for (long r = 0; r < b.rows; r++) {
    const float* g = b.gates + r * b.gatePitch;
    long at = r * b.statePitch;
    vf i = load(g), f = load(g + V), n = load(g + 2 * V), o = load(g + 3 * V);
    vf t = tanh(load(b.cNext + at)), dh = load(b.dh + at);
    vf dc = load(b.dc + at) + dh * o * (1.0f - t * t);
    Word* d = b.dx + r * b.deltaPitch;
    store(d, dc * n * i * (1.0f - i));
    store(d + b.padded, dc * load(b.c + at) * f * (1.0f - f));
    store(d + 2 * b.padded, dc * i * (1.0f - n * n));
    store(d + 3 * b.padded, dh * t * o * (1.0f - o));
    store(b.dc + at, dc * f);
    store(b.dh + at, vf{});
  }
}

static inline void gruDelta(const DeltaBlock& b) {
  for (long r = 0; r < b.rows; r++) {
    const float* g = b.gates + r * b.gatePitch;
    long at = r * b.statePitch;
    vf n = load(g), reset = load(g + V), z = load(g + 2 * V), dh = load(b.dh + at);
    vf dn = dh * (1.0f - z) * (1.0f - n * n);
    vf dr = dn * load(g + 3 * V) * reset * (1.0f - reset);
    vf dz = dh * (load(b.h + at) - n) * z * (1.0f - z);
    Word *d = b.dx + r * b.deltaPitch, *e = b.du + r * b.deltaPitch;
    store(d, dr);
    store(d + b.padded, dz);
    store(d + 2 * b.padded, dn);
    store(e, dr);
    store(e + b.padded, dz);
    store(e + 2 * b.padded, dn * reset);
    store(b.dh + at, dh * z);
  }
}

template <bool rectified>
static void rnnDelta(const DeltaBlock& b) {
  for (long r = 0; r < b.rows; r++) {
    long at = r * b.statePitch;
    vf h = load(b.hNext + at), dh = load(b.dh + at);
    store(b.dx + r * b.deltaPitch, rectified ? (h > vf{} ? dh : vf{}) : dh * (1.0f - h * h));
    store(b.dh + at, vf{});
  }
}

static inline void deltaBlock(Cell cell, const DeltaBlock& b) {
  switch (cell) {
    case Cell::lstm:
      return lstmDelta(b);
    case Cell::gru:
      return gruDelta(b);
    case Cell::rnnTanh:
      return rnnDelta<false>(b);
    case Cell::rnnRelu:
      return rnnDelta<true>(b);
  }
}

// One direction of one layer, step by step, by one thread of its lane. A thread owns panels of two blocks of units.
class DeltaRun {
 public:
  DeltaRun(Call& c, int l, const Lane& lane_)
      : call(c),
        plan(c.plan),
        s(c.plan.spec),
        steps(c.steps),
        lane(lane_),
        layer(l),
        cell(l * s.D + lane.direction),
        kept(plan.kept[cell]),
        columns{s.H, s.G() * words(s.padded())},
        first((int)(columns.panels() * lane.rank / lane.size)),
        end((int)(columns.panels() * (lane.rank + 1) / lane.size)),
        dh(c.work(plan.dh[lane.direction])),
        dc(c.work(plan.dc[lane.direction])) {}

  void run() {
    for (int t = steps.longest - 1; t >= 0; t--) {
      for (int p = first; p < end; p++) {
        fetchGates(t, p);
        collect(t, p);
        passBack(t + 1, p);
        for (int b = 2 * p; b < 2 * p + columns.vectors(p); b++) delta(t, b);
      }
      lane.wait();
      fetchDeltas(t);
    }
    for (int p = first; p < end; p++) {
      passBack(0, p);
      giveInitial(p);
    }
  }

 private:
  Call& call;
  const Plan& plan;
  const Spec& s;
  const Steps& steps;
  const Lane lane;
  const int layer, cell;
  const Kept& kept;
  const Columns columns;
  const int first, end;
  float *dh, *dc;

  int d() const { return lane.direction; }
  int units(int p) const { return s.H - p * 2 * V < 2 * V ? s.H - p * 2 * V : 2 * V; }
  const float* state(long at, int t) const {
    return call.reserve(at) + (t == 0 ? 0 : (plan.N + steps.start[t - 1]) * s.statePitch());
  }
  const float* given(const float* all) const { return all == nullptr ? nullptr : all + (long)cell * plan.N * s.H; }

  // Asks for what the gates of step t will read and write, which forward left long ago, while products are computed.
  void fetchGates(int t, int p) {
    long lines = columns.vectors(p) * V * (long)sizeof(float) / 64, u = p * 2 * V, at = steps.start[t];
    bool lstm = s.cell == Cell::lstm;
    for (long r = 0; r < steps.count(t); r++) {
      fetch(call.reserve(kept.gates) + (at + r) * s.gatePitch() + u * s.S(), lines * s.S());
      fetch(state(lstm ? kept.c : kept.h, t) + r * s.statePitch() + u, lines);
      for (int g = 0; g < s.G(); g++)
        fetch(call.words(plan.dGates[d()]) + (at + r) * s.deltaPitch() + words(g * s.padded() + u), words(lines));
    }
  }

  // The other threads' parts of the deltas of step t lie in other caches.
  void fetchDeltas(int t) {
    if (lane.size == 1) return;
    long lines = s.deltaPitch() * (long)sizeof(Word) / 64;
    for (long r = 0; r < steps.count(t); r++)
      fetch(call.words(plan.dHidden[d()]) + (steps.start[t] + r) * s.deltaPitch(), lines);
  }

  // Adds to dh what comes from the layer's output and, where a row ends after step t, from its last state.
  void collect(int t, int p) {
    int u = p * 2 * V, n = units(p);
    long pitch = (long)s.D * s.H, at = steps.start[t], running = steps.count(t + 1);
    const float* from = (layer + 1 == s.L ? call.back.dy : call.work(plan.dy[layer % 2])) + d() * s.H + u;
    const int* source = steps.same(d()) ? nullptr : steps.source[d()];
    for (long r = 0; r < steps.count(t); r++) {
      const float* row = from + (source == nullptr ? at + r : source[at + r]) * pitch;
      float* to = dh + r * s.statePitch() + u;
      if (r >= running) begin(r, u, n, columns.vectors(p) * V);
      for (int v = 0; v < n; v += V) store(to + v, load(to + v) + load(row + v, n - v));
    }
  }

  // A row's last step: its state's gradient begins as the caller's.
  void begin(long r, int u, int n, int width) {
    long to = r * s.statePitch() + u, from = (long)steps.order[r] * s.H + u;
    memset(dh + to, 0, width * sizeof(float));
    memset(dc + to, 0, width * sizeof(float));
    if (call.back.dhn != nullptr) memcpy(dh + to, given(call.back.dhn) + from, n * sizeof(float));
    if (call.back.dcn != nullptr) memcpy(dc + to, given(call.back.dcn) + from, n * sizeof(float));
  }

  // Adds the gates' gradients of step t, through U, to the gradient of the state before it.
  void passBack(int t, int p) {
    long n = steps.count(t);
    if (n == 0) return;
    long pitch = s.deltaPitch();
    const Word* a = call.words(plan.dHidden[d()]) + steps.start[t] * pitch;
    const Word* b = call.weights.cells[cell].uBack + columns.at(p);
    float* c = dh + p * 2 * V;
    if (columns.vectors(p) == 2) {
      rows<2, From::c>(n, columns.K, a, pitch, 1, b, c, s.statePitch(), nullptr);
    } else {
      rows<1, From::c>(n, columns.K, a, pitch, 1, b, c, s.statePitch(), nullptr);
    }
  }

  void delta(int t, int block) {
    long u = (long)block * V, at = steps.start[t];
    bool lstm = s.cell == Cell::lstm;
    DeltaBlock b;
    b.rows = steps.count(t);
    b.gates = call.reserve(kept.gates) + at * s.gatePitch() + u * s.S();
    b.gatePitch = s.gatePitch();
    b.h = state(kept.h, t) + u;
    b.hNext = state(kept.h, t + 1) + u;
    b.c = state(lstm ? kept.c : kept.h, t) + u;
    b.cNext = state(lstm ? kept.c : kept.h, t + 1) + u;
    b.dh = dh + u;
    b.dc = dc + u;
    b.statePitch = s.statePitch();
    b.deltaPitch = s.deltaPitch();
    b.padded = words(s.padded());
    b.dx = call.words(plan.dGates[d()]) + at * b.deltaPitch + words(u);
    b.du = call.words(plan.dHidden[d()]) + at * b.deltaPitch + words(u);
    deltaBlock(s.cell, b);
  }

  void giveInitial(int p) {
    int u = p * 2 * V, n = units(p);
    long ran = steps.count(0);
    for (long r = 0; r < plan.N; r++) {
      if (r >= ran) begin(r, u, n, columns.vectors(p) * V);
      long from = r * s.statePitch() + u, to = (long)cell * plan.N * s.H + (long)steps.order[r] * s.H + u;
      if (call.back.dh0 != nullptr) memcpy(call.back.dh0 + to, dh + from, n * sizeof(float));
      if (call.back.dc0 != nullptr) memcpy(call.back.dc0 + to, dc + from, n * sizeof(float));
    }
  }
};

// The gradient of a layer's input: deltas times W, both directions added. A thread owns panels of columns.
class InputGradient {
 public:
  InputGradient(Call& c, int l, Word* scratch)
      : call(c), s(c.plan.spec), layer(l), product(reinterpret_cast<float*>(scratch)) {}

  void run(int rank, int size) {
    float* to = layer == 0 ? call.back.dx : call.work(call.plan.dy[(layer - 1) % 2]);
    if (to == nullptr) return;
    Columns columns{s.layerInput(layer), s.G() * words(s.padded())};
    long first = columns.panels() * rank / size, end = columns.panels() * (rank + 1) / size;
    for (long p = first; layer == 0 && p < end; p++) zeroPadding(to, columns, p);
    for (int d = 0; d < s.D; d++) {
      // Deltas are what is large: a block of rows meets all panels while it is in the cache.
      for (long r = 0; r < call.steps.total(); r += MC) {
        long n = call.steps.total() - r < MC ? call.steps.total() - r : MC;
        for (long p = first; p < end; p++) {
          multiply(columns, p, d, r, n);
          put(columns, p, d, r, n, to);
        }
      }
    }
  }

 private:
  Call& call;
  const Spec& s;
  const int layer;
  float* product;  // [MC][2 * V]

  void multiply(const Columns& c, long p, int d, long r, long n) {
    long pitch = s.deltaPitch();
    const Word* a = call.words(call.plan.dGates[d]) + r * pitch;
    const Word* b = call.weights.cell(layer, d).wBack + c.at(p);
    int vectors = c.vectors(p);
    for (long k = 0; k < c.K; k += KC) {
      long depth = c.K - k < KC ? c.K - k : KC;
      const Word* panel = b + k * vectors * V;
      if (vectors == 2 && k == 0) rows<2, From::zero>(n, depth, a, pitch, 1, panel, product, 2 * V, nullptr);
      if (vectors == 2 && k > 0) rows<2, From::c>(n, depth, a + k, pitch, 1, panel, product, 2 * V, nullptr);
      if (vectors == 1 && k == 0) rows<1, From::zero>(n, depth, a, pitch, 1, panel, product, 2 * V, nullptr);
      if (vectors == 1 && k > 0) rows<1, From::c>(n, depth, a + k, pitch, 1, panel, product, 2 * V, nullptr);
    }
  }

  void put(const Columns& c, long p, int d, long r, long n, float* to) {
    int width = (int)(c.count - p * 2 * V < 2 * V ? c.count - p * 2 * V : 2 * V);
    const int* source = call.steps.same(d) ? nullptr : call.steps.source[d];
    for (long i = 0; i < n; i++) {
      float* row = to + (source == nullptr ? r + i : source[r + i]) * c.count + p * 2 * V;
      for (int v = 0; v < width; v += V) {
        vf x = load(product + i * 2 * V + v);
        store(row + v, d == 0 ? x : x + load(row + v, width - v), width - v);
      }
    }
  }

  void zeroPadding(float* to, const Columns& c, long p) {
    const Steps& steps = call.steps;
    long width = c.count - p * 2 * V < 2 * V ? c.count - p * 2 * V : 2 * V;
    if (steps.whole) return;
    for (int r = 0; r < steps.N; r++)
      for (int t = steps.length[r]; t < steps.T; t++)
        memset(to + ((long)t * steps.N + steps.order[r]) * c.count + p * 2 * V, 0, width * sizeof(float));
  }
};

// The gradients of one matrix and its bias: deltasᵀ times what the matrix was multiplied with. A thread owns rows of the
// matrix; both operands are brought into panels KC packed rows at a time.
class WeightGradient {
 public:
  struct Operand {
    const Word* deltas;   // [R][G * Hp]
    const float* values;  // rows of `count`
    long count, pitch;
    const int* source;    // row of each packed row; null if they are the same
    float* dw;            // [G * H][count], added to
    float *db, *db2;      // [G * H], added to; null for none
  };

  WeightGradient(Call& c, Word* scratch)
      : call(c), s(c.plan.spec), packed(c.steps.total()), b(scratch), a(b + KC * (NC + 2 * V)) {}

  void run(const Operand& o, int rank, int size) {
    long tiles = s.G() * tilesOfGate();
    long from = tiles * rank / size, to = tiles * (rank + 1) / size;
    if (from == to) return;
    for (long n = 0; n < o.count || n == 0; n += NC) {
      long width = o.count - n < NC ? o.count - n : NC;
      for (long k = 0; k < words(packed); k += KC) {
        long depth = words(packed) - k < KC ? words(packed) - k : KC;
        packValues(o, n, width, k, depth);
        for (long i = from; i < to; i++) tileRow(o, i, n, width, k, depth);
      }
    }
  }

 private:
  static constexpr int MR = tileRows(2);
  Call& call;
  const Spec& s;
  const long packed;  // rows; a word is of neighbouring ones
  Word *b, *a;

  long tilesOfGate() const { return (s.H + MR - 1) / MR; }

  const float* valuesOf(const Operand& o, long row) const {
    return row >= packed ? nullptr : o.values + (o.source == nullptr ? row : o.source[row]) * o.pitch;
  }

  // Columns n to n + width of words k to k + depth, as panels [depth][2 * V]; the last may be one vector wide.
  void packValues(const Operand& o, long n, long width, long k, long depth) {
    Columns c{width, depth};
    for (long p = 0; p < c.panels(); p++) {
      int vectors = c.vectors(p);
      long left = width - p * 2 * V;
      Word* to = b + c.at(p);
      for (long r = 0; r < depth; r++) {
        const float* row = valuesOf(o, (k + r) * PER_WORD);
        const float* next = PER_WORD > 1 ? valuesOf(o, (k + r) * PER_WORD + 1) : nullptr;
        for (int v = 0; v < vectors; v++) {
          long at = n + p * 2 * V + v * V;
          int width = (int)(left - v * V);
          store(to + (r * vectors + v) * V, join(load(row + at, width), next == nullptr ? vf{} : load(next + at, width)));
        }
      }
    }
  }

  void tileRow(const Operand& o, long tileIndex, long n, long width, long k, long depth) {
    long gate = tileIndex / tilesOfGate(), i = tileIndex % tilesOfGate();
    long u = s.H * i / tilesOfGate(), height = s.H * (i + 1) / tilesOfGate() - u;
    packDeltas(o.deltas, gate * s.padded() + u, k, height, depth);
    long row = gate * s.H + u;
    if (n == 0 && o.db != nullptr) addBias(o, row, height, depth);
    Columns c{width, depth};
    for (long p = 0; p < c.panels(); p++) {
      float* to = o.dw + row * o.count + n + p * 2 * V;
      long left = width - p * 2 * V;
      for (long r = 0; r < height; r++) fetch(to + r * o.count + 2 * V, 3);  // the next tile
      if (left >= 2 * V) {
        rows<2, From::c>(height, depth, a, 1, height, b + c.at(p), to, o.count, nullptr);
      } else {
        edge(height, depth, c, p, to, o.count, left);
      }
    }
  }

  // The last panel, narrower than a tile: through a tile of its own.
  void edge(long height, long depth, const Columns& c, long p, float* to, long pitch, long left) {
    alignas(64) float t[MR * 2 * V];
    if (c.vectors(p) == 2) {
      rows<2, From::zero>(height, depth, a, 1, height, b + c.at(p), t, 2 * V, nullptr);
    } else {
      rows<1, From::zero>(height, depth, a, 1, height, b + c.at(p), t, 2 * V, nullptr);
    }
    for (long r = 0; r < height; r++)
      for (long v = 0; v < left; v += V)
        store(to + r * pitch + v, load(t + r * 2 * V + v) + load(to + r * pitch + v, (int)(left - v)), (int)(left - v));
  }

  // a[word][column] of the columns from `first`. Whole vectors are copied, each over the end of the one before, so that the
  // scratch goes on a little.
  void packDeltas(const Word* deltas, long first, long k, long height, long depth) {
    long pitch = s.deltaPitch() * PER_WORD;
    const Number* from = reinterpret_cast<const Number*>(deltas) + k * PER_WORD * pitch + first;
    for (long r = 0; r < depth; r++, from += PER_WORD * pitch) {
      long next = (k + r) * PER_WORD + 1 < packed ? pitch : 0;
      store(a + r * height, join(from, next));
      if (V < MR && height > V) store(a + r * height + V, join(from + V, next));
    }
  }

  void addBias(const Operand& o, long row, long height, long depth) {
    vf sum[2] = {};
    for (long k = 0; k < depth; k++) {
      sum[0] = multiplyAdd(sum[0], load(a + k * height), all(ONE));
      if (V < MR) sum[1] = multiplyAdd(sum[1], load(a + k * height + V), all(ONE));
    }
    for (long r = 0; r < height; r++) {
      float x = sum[r / V][r % V];
      o.db[row + r] += x;
      if (o.db2 != nullptr) o.db2[row + r] += x;
    }
  }
};

// All weight gradients of one direction of a layer.
static inline void weightGradients(Call& call, int layer, int d, Word* scratch, int rank, int size) {
  const Spec& s = call.plan.spec;
  int cell = layer * s.D + d;
  long in = s.layerInput(layer), rows = (long)s.G() * s.H;
  float* flat = call.back.dWeights;
  for (int i = 0; i < cell; i++) flat += flatSize(s, i / s.D);
  float *dw = flat, *du = dw + rows * in, *db = du + rows * s.H, *db2 = db + rows;
  const int* source = call.steps.same(d) ? nullptr : call.steps.source[d];
  const Word* deltas = call.words(call.plan.dGates[d]);
  bool split = s.cell == Cell::gru;  // the candidate's two biases have gradients of their own
  WeightGradient g(call, scratch);
  g.run({deltas, call.input(layer), in, in, source, dw, db, split ? nullptr : db2}, rank, size);
  const int* before = call.steps.whole ? nullptr : call.steps.before;
  const float* states = call.reserve(call.plan.kept[cell].h);
  g.run({call.words(call.plan.dHidden[d]), states, s.H, s.statePitch(), before, du, split ? db2 : nullptr, nullptr}, rank, size);
}

static void backwardWork(void* job, int rank, int size) {
  Call& call = *static_cast<Call*>(job);
  const Spec& s = call.plan.spec;
  Word* scratch = call.scratch(rank);
  for (int l = s.L - 1; l >= 0; l--) {
    eachDirection(call, rank, size, [&](const Lane& lane) { DeltaRun(call, l, lane).run(); });
    call.all.wait(size);
    InputGradient(call, l, scratch).run(rank, size);
    for (int d = 0; call.back.dWeights != nullptr && d < s.D; d++) weightGradients(call, l, d, scratch, rank, size);
    if (l > 0) call.all.wait(size);
  }
}

}  // namespace carousel::CAROUSEL_ISA
