// What dev.carousel.cpu.fused.NativeElements calls; see jni.cpp.
#include "java.h"

using namespace carousel;

#define ELEMENTS(type, name) NATIVE_OF(NativeElements, type, name)

ELEMENTS(jboolean, add)
(JNIEnv* env, jclass, jlong e, jfloatArray a, jint aAt, jfloatArray b, jint bAt, jfloatArray out, jint outAt, jint count) {
  Pinned<float> as(env, a, aAt), bs(env, b, bAt), os(env, out, outAt);
  if (as.failed() || bs.failed() || os.failed()) return false;
  engine(e).kernels->elementwise.add(engine(e).team, as, bs, os, count);
  return true;
}

ELEMENTS(jboolean, multiply)
(JNIEnv* env, jclass, jlong e, jfloatArray a, jint aAt, jfloatArray b, jint bAt, jfloatArray out, jint outAt, jint count) {
  Pinned<float> as(env, a, aAt), bs(env, b, bAt), os(env, out, outAt);
  if (as.failed() || bs.failed() || os.failed()) return false;
  engine(e).kernels->elementwise.multiply(engine(e).team, as, bs, os, count);
  return true;
}

ELEMENTS(jboolean, addScaled)
(JNIEnv* env, jclass, jlong e, jdouble alpha, jfloatArray x, jint xAt, jfloatArray y, jint yAt, jint count) {
  Pinned<float> xs(env, x, xAt), ys(env, y, yAt);
  if (xs.failed() || ys.failed()) return false;
  engine(e).kernels->elementwise.addScaled(engine(e).team, static_cast<float>(alpha), xs, ys, count);
  return true;
}

ELEMENTS(jboolean, clamp)(JNIEnv* env, jclass, jlong e, jdouble bound, jfloatArray x, jint xAt, jint count) {
  Pinned<float> xs(env, x, xAt);
  if (xs.failed()) return false;
  engine(e).kernels->elementwise.clamp(engine(e).team, static_cast<float>(bound), xs, count);
  return true;
}

ELEMENTS(jboolean, activate)
(JNIEnv* env, jclass, jlong e, jint activation, jfloatArray x, jint xAt, jfloatArray y, jint yAt, jint count) {
  Pinned<float> xs(env, x, xAt), ys(env, y, yAt);
  if (xs.failed() || ys.failed()) return false;
  engine(e).kernels->elementwise.activate(engine(e).team, activation, xs, ys, count);
  return true;
}

ELEMENTS(jboolean, activateBackward)
(JNIEnv* env, jclass, jlong e, jint activation, jfloatArray y, jint yAt, jfloatArray dy, jint dyAt, jfloatArray dx, jint dxAt,
 jint count) {
  Pinned<float> ys(env, y, yAt), dys(env, dy, dyAt), dxs(env, dx, dxAt);
  if (ys.failed() || dys.failed() || dxs.failed()) return false;
  engine(e).kernels->elementwise.activateBackward(engine(e).team, activation, ys, dys, dxs, count);
  return true;
}

ELEMENTS(jboolean, copyRows)
(JNIEnv* env, jclass, jlong e, jfloatArray from, jint fromAt, jint fromPitch, jfloatArray to, jint toAt, jint toPitch, jint rows,
 jint width) {
  Pinned<float> fs(env, from, fromAt), ts(env, to, toAt);
  if (fs.failed() || ts.failed()) return false;
  engine(e).kernels->elementwise.copyRows(engine(e).team, CopyOperands{fs, ts, rows, width, fromPitch, toPitch});
  return true;
}

ELEMENTS(jboolean, gather)
(JNIEnv* env, jclass, jlong e, jintArray ids, jint idsAt, jint count, jint width, jfloatArray table, jint tableAt,
 jfloatArray out, jint outAt) {
  Pinned<jint> is(env, ids, idsAt);
  Pinned<float> ts(env, table, tableAt), os(env, out, outAt);
  if (is.failed() || ts.failed() || os.failed()) return false;
  engine(e).kernels->embedding.gather(engine(e).team, LookupOperands{is, count, width}, ts, os);
  return true;
}

ELEMENTS(jboolean, scatterAdd)
(JNIEnv* env, jclass, jlong e, jintArray ids, jint idsAt, jint count, jint width, jfloatArray d, jint dAt, jfloatArray table,
 jint tableAt) {
  Pinned<jint> is(env, ids, idsAt);
  Pinned<float> ds(env, d, dAt), ts(env, table, tableAt);
  if (is.failed() || ds.failed() || ts.failed()) return false;
  engine(e).kernels->embedding.scatterAdd(engine(e).team, LookupOperands{is, count, width}, ds, ts);
  return true;
}

ELEMENTS(jboolean, layerNorm)
(JNIEnv* env, jclass, jlong e, jint rows, jint features, jdouble epsilon, jfloatArray x, jint xAt, jfloatArray gain, jint gainAt,
 jfloatArray shift, jint shiftAt, jfloatArray y, jint yAt, jfloatArray statistics, jint statisticsAt) {
  Pinned<float> xs(env, x, xAt), gs(env, gain, gainAt), hs(env, shift, shiftAt), ys(env, y, yAt),
      ss(env, statistics, statisticsAt);
  if (xs.failed() || gs.failed() || hs.failed() || ys.failed() || ss.failed()) return false;
  engine(e).kernels->layerNorm.forward(engine(e).team, LayerNormOperands{xs, gs, hs, rows, features, epsilon}, ys, ss);
  return true;
}

ELEMENTS(jboolean, layerNormBackward)
(JNIEnv* env, jclass, jlong e, jint rows, jint features, jfloatArray x, jint xAt, jfloatArray gain, jint gainAt,
 jfloatArray statistics, jint statisticsAt, jfloatArray dy, jint dyAt, jfloatArray dx, jint dxAt, jfloatArray dGain, jint dGainAt,
 jfloatArray dShift, jint dShiftAt) {
  Pinned<float> xs(env, x, xAt), gs(env, gain, gainAt), ss(env, statistics, statisticsAt), dys(env, dy, dyAt), dxs(env, dx, dxAt),
      dgs(env, dGain, dGainAt), dhs(env, dShift, dShiftAt);
  if (xs.failed() || gs.failed() || ss.failed() || dys.failed() || dxs.failed() || dgs.failed() || dhs.failed()) return false;
  LayerNormOperands o{xs, gs, nullptr, rows, features, 0};
  engine(e).kernels->layerNorm.backward(engine(e).team, o, LayerNormGradients{ss, dys, dxs, dgs, dhs});
  return true;
}
