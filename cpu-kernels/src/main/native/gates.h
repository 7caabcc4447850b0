// The gates alone, for benchmarks: what a call would cost without its products and without bringing anything from memory.
// Every step works on the tiles of the first one, which stay in a near cache, as those of a product that was just computed do.
#pragma once
#if defined(CAROUSEL_INT8)
#include "forward.h"
#else
#include "backward.h"
#endif

namespace carousel::CAROUSEL_ISA {

// One direction of one layer, by one thread of its lane: the blocks of units that it would own, forwards and, of a plan for
// training, backwards. Numbers are those that the caller's reserve, work and y hold.
class GatesAlone {
 public:
  GatesAlone(Call& c, int layer, const Lane& lane)
      : call(c),
        plan(c.plan),
        s(c.plan.spec),
        d(lane.direction),
        cell(layer * s.D + d),
        first(s.blocks() * lane.rank / lane.size),
        end(s.blocks() * (lane.rank + 1) / lane.size) {}

  void run() const {
    for (int t = 0; t < call.steps.longest; t++)
      for (int block = first; block < end; block++) stepBlock(s.cell, plan.training, ahead(t, (long)block * V));
#if !defined(CAROUSEL_INT8)
    for (int t = 0; plan.training && t < call.steps.longest; t++)
      for (int block = first; block < end; block++) deltaBlock(s.cell, back(t, (long)block * V));
#endif
  }

 private:
  Call& call;
  const Plan& plan;
  const Spec& s;
  const int d, cell;
  const int first, end;

  float* gates(long u) const {
    return (plan.training ? call.reserve(plan.kept[cell].gates) : call.work(plan.gates[d])) + u * s.S();
  }

  // The state before the step, or the one after it.
  float* state(bool ofCell, bool after, long u) const {
    bool own = ofCell && s.cell == Cell::lstm;
    long at = after && (plan.training || !own) ? plan.N * s.statePitch() : 0;
    const Kept* k = plan.training ? &plan.kept[cell] : nullptr;
    float* from = k == nullptr ? call.work(own ? plan.c[d] : plan.h[d]) : call.reserve(own ? k->c : k->h);
    return from + at + u;
  }

  StepBlock ahead(int t, long u) const {
    StepBlock b;
    b.rows = call.steps.count(t);
    b.gates = gates(u);
    b.gatePitch = s.gatePitch();
    b.h = state(false, false, u);
    b.c = state(true, false, u);
    b.hNext = state(false, true, u);
    b.cNext = state(true, true, u);
    b.statePitch = s.statePitch();
    b.hidden = PER_WORD == 2 ? call.words(plan.hidden[d]) + words(u) : nullptr;
    b.hiddenPitch = PER_WORD == 2 ? s.hiddenPitch() : 0;
    b.y = call.io.y + d * s.H + u;
    b.source = nullptr;
    b.yPitch = (long)s.D * s.H;
    b.units = s.H - u < V ? (int)(s.H - u) : V;
    return b;
  }

#if !defined(CAROUSEL_INT8)
  DeltaBlock back(int t, long u) const {
    DeltaBlock b;
    b.rows = call.steps.count(t);
    b.gates = gates(u);
    b.gatePitch = s.gatePitch();
    b.h = state(false, false, u);
    b.hNext = state(false, true, u);
    b.c = state(true, false, u);
    b.cNext = state(true, true, u);
    b.dh = call.work(plan.dh[d]) + u;
    b.dc = call.work(plan.dc[d]) + u;
    b.statePitch = s.statePitch();
    b.deltaPitch = s.deltaPitch();
    b.padded = words(s.padded());
    b.dx = call.words(plan.dGates[d]) + words(u);
    b.du = call.words(plan.dHidden[d]) + words(u);
    return b;
  }
#endif
};

static void gatesWork(void* job, int rank, int size) {
  Call& call = *static_cast<Call*>(job);
  for (int l = 0; l < call.plan.spec.L; l++)
    eachDirection(call, rank, size, [&](const Lane& lane) { GatesAlone(call, l, lane).run(); });
}

}  // namespace carousel::CAROUSEL_ISA
