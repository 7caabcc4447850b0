// What Java calls. Handles are addresses; arrays are used where they lie, without a copy, and the garbage collector waits
// meanwhile. Java has checked every operand.
#include "java.h"
#include "tiles.h"

using namespace carousel;

namespace {

const Kernels* kernelsOf(int isa) { return isa >= 2 ? kernelsAvx512() : isa == 1 ? kernelsAvx2() : nullptr; }

// The recurrent kernels of one precision, on the threads of an engine.
struct Rnn {
  const RnnKernels& kernels;
  Team& team;
};

Rnn& rnn(jlong handle) { return *reinterpret_cast<Rnn*>(handle); }

Network network(jint cell, jint inputs, jint hidden, jint layers, jint directions) {
  return {cell, inputs, hidden, layers, directions};
}

}  // namespace

// The widest instruction set that the processor has and this library was built for: 4 AVX-512 with products of bfloat16,
// 3 AVX-512 with products of integers, 2 AVX-512, 1 AVX2, 0 none. Each has those below it.
NATIVE(jint, instructionSet)(JNIEnv*, jclass) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    if (!__builtin_cpu_supports("avx512vnni")) return 2;
    return __builtin_cpu_supports("avx512bf16") ? 4 : 3;
  }
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 1 : 0;
}

NATIVE(jboolean, tiles)(JNIEnv*, jclass) { return hasTiles(); }

NATIVE(jlong, allocate)(JNIEnv*, jclass, jlong size) { return reinterpret_cast<jlong>(malloc(size)); }

NATIVE(void, free)(JNIEnv*, jclass, jlong address) { free(bytes(address)); }

NATIVE(jobject, view)(JNIEnv* env, jclass, jlong address, jlong size) { return env->NewDirectByteBuffer(bytes(address), size); }

NATIVE(jstring, builtBy)(JNIEnv* env, jclass) { return env->NewStringUTF(CAROUSEL_BUILT_BY); }

NATIVE(jlong, open)(JNIEnv*, jclass, jint isa, jint threads) {
  return reinterpret_cast<jlong>(new Engine(kernelsOf(isa), threads));
}

NATIVE(jint, threads)(JNIEnv*, jclass, jlong e) { return engine(e).team.size(); }

NATIVE(void, close)(JNIEnv*, jclass, jlong e) { delete &engine(e); }

// 0 single precision, 1 bfloat16, 2 integers of eight bits.
NATIVE(jlong, openRnn)(JNIEnv*, jclass, jlong e, jint precision) {
  const RnnKernels& kernels = precision == 2 ? *rnnAvx512Int8() : precision == 1 ? *rnnAvx512Bf16() : engine(e).kernels->rnn;
  return reinterpret_cast<jlong>(new Rnn{kernels, engine(e).team});
}

NATIVE(void, closeRnn)(JNIEnv*, jclass, jlong e) { delete &rnn(e); }

NATIVE(jlong, newRnnWeights)
(JNIEnv*, jclass, jlong e, jint cell, jint in, jint hidden, jint layers, jint directions, jboolean backward) {
  Network n = network(cell, in, hidden, layers, directions);
  return reinterpret_cast<jlong>(rnn(e).kernels.newWeights(n, backward));
}

NATIVE(jboolean, packRnn)(JNIEnv* env, jclass, jlong e, jlong weights, jfloatArray flat, jint at) {
  Pinned<float> f(env, flat, at);
  if (f.failed()) return false;
  rnn(e).kernels.pack(rnn(e).team, bytes(weights), f);
  return true;
}

NATIVE(void, freeRnnWeights)(JNIEnv*, jclass, jlong e, jlong weights) {
  rnn(e).kernels.freeWeights(bytes(weights));
}

NATIVE(jlong, newRnnPlan)
(JNIEnv*, jclass, jlong e, jint cell, jint in, jint hidden, jint layers, jint directions, jint steps, jint batch,
 jboolean training, jint threads) {
  Network n = network(cell, in, hidden, layers, directions);
  return reinterpret_cast<jlong>(rnn(e).kernels.newPlan(n, steps, batch, training, threads));
}

NATIVE(jlong, rnnReserveBytes)(JNIEnv*, jclass, jlong e, jlong plan) {
  return rnn(e).kernels.reserveBytes(bytes(plan));
}

NATIVE(jlong, rnnWorkBytes)(JNIEnv*, jclass, jlong e, jlong plan) { return rnn(e).kernels.workBytes(bytes(plan)); }

NATIVE(void, freeRnnPlan)(JNIEnv*, jclass, jlong e, jlong plan) { rnn(e).kernels.freePlan(bytes(plan)); }

NATIVE(jboolean, rnnForward)
(JNIEnv* env, jclass, jlong e, jlong plan, jlong weights, jfloatArray x, jint xAt, jintArray lengths, jint lengthsAt,
 jfloatArray h0, jint h0At, jfloatArray c0, jint c0At, jfloatArray y, jint yAt, jfloatArray hn, jint hnAt, jfloatArray cn,
 jint cnAt, jlong reserve, jlong work) {
  Pinned<float> xs(env, x, xAt), h0s(env, h0, h0At), c0s(env, c0, c0At), ys(env, y, yAt), hns(env, hn, hnAt),
      cns(env, cn, cnAt);
  Pinned<jint> ls(env, lengths, lengthsAt);
  if (xs.failed() || h0s.failed() || c0s.failed() || ys.failed() || hns.failed() || cns.failed() || ls.failed()) return false;
  RnnForwardOperands o{xs, ls, h0s, c0s, ys, hns, cns, bytes(reserve), bytes(work)};
  rnn(e).kernels.forward(rnn(e).team, bytes(plan), bytes(weights), o);
  return true;
}

NATIVE(jboolean, rnnBackward)
(JNIEnv* env, jclass, jlong e, jlong plan, jlong weights, jfloatArray x, jint xAt, jintArray lengths, jint lengthsAt,
 jlong reserve, jlong work, jfloatArray dy, jint dyAt, jfloatArray dhn, jint dhnAt, jfloatArray dcn, jint dcnAt,
 jfloatArray dx, jint dxAt, jfloatArray dh0, jint dh0At, jfloatArray dc0, jint dc0At, jfloatArray dWeights, jint dWeightsAt) {
  Pinned<float> xs(env, x, xAt), dys(env, dy, dyAt), dhns(env, dhn, dhnAt), dcns(env, dcn, dcnAt), dxs(env, dx, dxAt),
      dh0s(env, dh0, dh0At), dc0s(env, dc0, dc0At), dws(env, dWeights, dWeightsAt);
  Pinned<jint> ls(env, lengths, lengthsAt);
  if (xs.failed() || dys.failed() || dhns.failed() || dcns.failed() || dxs.failed() || dh0s.failed() || dc0s.failed() ||
      dws.failed() || ls.failed()) {
    return false;
  }
  RnnForwardOperands o{xs, ls, nullptr, nullptr, nullptr, nullptr, nullptr, bytes(reserve), bytes(work)};
  RnnBackwardOperands b{dys, dhns, dcns, dxs, dh0s, dc0s, dws};
  rnn(e).kernels.backward(rnn(e).team, bytes(plan), bytes(weights), o, b);
  return true;
}

NATIVE(jboolean, rnnGates)
(JNIEnv* env, jclass, jlong e, jlong plan, jintArray lengths, jint lengthsAt, jlong y, jlong reserve, jlong work) {
  Pinned<jint> ls(env, lengths, lengthsAt);
  if (ls.failed()) return false;
  float* out = reinterpret_cast<float*>(bytes(y));
  RnnForwardOperands o{nullptr, ls, nullptr, nullptr, out, nullptr, nullptr, bytes(reserve), bytes(work)};
  rnn(e).kernels.gates(rnn(e).team, bytes(plan), o);
  return true;
}
