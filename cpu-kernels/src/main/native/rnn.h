// The table of the recurrent kernels.
#pragma once
#include "gates.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

static inline Spec spec(const Network& n) { return {static_cast<Cell>(n.cell), n.inputs, n.hidden, n.layers, n.directions}; }

static void* makeWeights(const Network& n, bool backward) { return newWeights(spec(n), backward); }

static void pack(Team& team, void* weights, const float* flat) {
  PackJob job{static_cast<Weights*>(weights), flat};
  team.run(team.size(), packWork, &job);
}

static void dropWeights(void* weights) { freeWeights(static_cast<Weights*>(weights)); }

static void* makePlan(const Network& n, int steps, int batch, bool training, int threads) {
  return newPlan(spec(n), steps, batch, training, threads);
}

static long reserveBytes(const void* plan) { return static_cast<const Plan*>(plan)->reserveBytes; }
static long workBytes(const void* plan) { return static_cast<const Plan*>(plan)->workBytes; }
static void dropPlan(void* plan) { freePlan(static_cast<Plan*>(plan)); }

static void begin(Call& call, const RnnForwardOperands& o) {
  call.io = {o.x, o.lengths, o.h0, o.c0, o.y, o.hn, o.cn, o.reserve, o.work};
  call.readLengths();
}

static void forward(Team& team, const void* plan, const void* weights, const RnnForwardOperands& o) {
  static std::atomic<int> calls{0};
  Call call(*static_cast<const Plan*>(plan), *static_cast<const Weights*>(weights));
  begin(call, o);
  call.flip = calls.fetch_add(1, std::memory_order_relaxed) & 1;
  team.run(call.plan.threads, forwardWork, &call);
}

#if defined(CAROUSEL_INT8)
constexpr void (*backward)(Team&, const void*, const void*, const RnnForwardOperands&, const RnnBackwardOperands&) = nullptr;
#else
static void backward(Team& team, const void* plan, const void* weights, const RnnForwardOperands& o,
                     const RnnBackwardOperands& b) {
  Call call(*static_cast<const Plan*>(plan), *static_cast<const Weights*>(weights));
  begin(call, o);
  call.back = {b.dy, b.dhn, b.dcn, b.dx, b.dh0, b.dc0, b.dWeights};
  team.run(call.plan.threads, backwardWork, &call);
}
#endif

static void gates(Team& team, const void* plan, const RnnForwardOperands& o) {
  const Weights none{};  // there are no products
  Call call(*static_cast<const Plan*>(plan), none);
  begin(call, o);
  team.run(call.plan.threads, gatesWork, &call);
}

static constexpr RnnKernels rnnKernels = {makeWeights, pack,     dropWeights, makePlan, reserveBytes,
                                          workBytes,   dropPlan, forward,     backward, gates};

}  // namespace carousel::CAROUSEL_ISA
