// What dev.carousel.cpu.fused.NativeSequences calls; see jni.cpp.
#include "java.h"

using namespace carousel;

#define SEQUENCES(type, name) NATIVE_OF(NativeSequences, type, name)

SEQUENCES(jboolean, poolForward)
(JNIEnv* env, jclass, jlong e, jint pooling, jboolean halves, jint steps, jint batch, jint features, jintArray lengths,
 jint lengthsAt, jfloatArray x, jint xAt, jfloatArray out, jint outAt, jintArray argmax, jint argmaxAt) {
  Pinned<jint> ls(env, lengths, lengthsAt), as(env, argmax, argmaxAt);
  Pinned<float> xs(env, x, xAt), os(env, out, outAt);
  if (ls.failed() || as.failed() || xs.failed() || os.failed()) return false;
  PoolingOperands o{ls, steps, batch, features, pooling, halves != 0};
  engine(e).kernels->pooling.forward(engine(e).team, o, xs, os, as);
  return true;
}

SEQUENCES(jboolean, poolBackward)
(JNIEnv* env, jclass, jlong e, jint pooling, jboolean halves, jint steps, jint batch, jint features, jintArray lengths,
 jint lengthsAt, jfloatArray dOut, jint dOutAt, jintArray argmax, jint argmaxAt, jfloatArray dx, jint dxAt) {
  Pinned<jint> ls(env, lengths, lengthsAt), as(env, argmax, argmaxAt);
  Pinned<float> ds(env, dOut, dOutAt), xs(env, dx, dxAt);
  if (ls.failed() || as.failed() || ds.failed() || xs.failed()) return false;
  PoolingOperands o{ls, steps, batch, features, pooling, halves != 0};
  engine(e).kernels->pooling.backward(engine(e).team, o, ds, as, xs);
  return true;
}

SEQUENCES(jboolean, attentionForward)
(JNIEnv* env, jclass, jlong e, jint Q, jint T, jint N, jint K, jint C, jdouble scale, jintArray lengths, jint lengthsAt,
 jfloatArray q, jint qAt, jfloatArray k, jint kAt, jfloatArray v, jint vAt, jfloatArray energy, jint energyAt,
 jfloatArray weights, jint weightsAt, jfloatArray out, jint outAt) {
  Pinned<jint> ls(env, lengths, lengthsAt);
  Pinned<float> qs(env, q, qAt), ks(env, k, kAt), vs(env, v, vAt), es(env, energy, energyAt), ws(env, weights, weightsAt),
      os(env, out, outAt);
  if (ls.failed() || qs.failed() || ks.failed() || vs.failed() || es.failed() || ws.failed() || os.failed()) return false;
  AttentionOperands o{ls, Q, T, N, K, C, static_cast<float>(scale), qs, ks, vs, es, ws, os};
  engine(e).kernels->attention.forward(engine(e).team, o);
  return true;
}

SEQUENCES(jboolean, attentionBackward)
(JNIEnv* env, jclass, jlong e, jint Q, jint T, jint N, jint K, jint C, jdouble scale, jintArray lengths, jint lengthsAt,
 jfloatArray q, jint qAt, jfloatArray k, jint kAt, jfloatArray v, jint vAt, jfloatArray energy, jint energyAt,
 jfloatArray weights, jint weightsAt, jfloatArray dOut, jint dOutAt, jfloatArray dq, jint dqAt, jfloatArray dk, jint dkAt,
 jfloatArray dv, jint dvAt, jfloatArray dEnergy, jint dEnergyAt) {
  Pinned<jint> ls(env, lengths, lengthsAt);
  Pinned<float> qs(env, q, qAt), ks(env, k, kAt), vs(env, v, vAt), es(env, energy, energyAt), ws(env, weights, weightsAt),
      ds(env, dOut, dOutAt), dqs(env, dq, dqAt), dks(env, dk, dkAt), dvs(env, dv, dvAt), des(env, dEnergy, dEnergyAt);
  if (ls.failed() || qs.failed() || ks.failed() || vs.failed() || es.failed() || ws.failed() || ds.failed() || dqs.failed() ||
      dks.failed() || dvs.failed() || des.failed()) {
    return false;
  }
  AttentionOperands o{ls, Q, T, N, K, C, static_cast<float>(scale), qs, ks, vs, es, ws, nullptr};
  engine(e).kernels->attention.backward(engine(e).team, o, AttentionGradients{ds, dqs, dks, dvs, des});
  return true;
}

SEQUENCES(jlong, crfWorkBytes)(JNIEnv*, jclass, jlong e, jint T, jint N, jint K) {
  return engine(e).kernels->crf.workBytes(engine(e).team.size(), T, N, K);
}

SEQUENCES(jdouble, crfLoss)
(JNIEnv* env, jclass, jlong e, jint T, jint N, jint K, jintArray lengths, jint lengthsAt, jfloatArray emissions, jint emissionsAt,
 jfloatArray transitions, jint transitionsAt, jintArray gold, jint goldAt, jdouble factor, jfloatArray dEmissions,
 jint dEmissionsAt, jfloatArray dTransitions, jint dTransitionsAt, jlong work) {
  Pinned<jint> ls(env, lengths, lengthsAt), gs(env, gold, goldAt);
  Pinned<float> es(env, emissions, emissionsAt), ts(env, transitions, transitionsAt), des(env, dEmissions, dEmissionsAt),
      dts(env, dTransitions, dTransitionsAt);
  if (ls.failed() || gs.failed() || es.failed() || ts.failed() || des.failed() || dts.failed()) return 0;
  return engine(e).kernels->crf.loss(engine(e).team, CrfOperands{ls, gs, T, N, K, es, ts, factor, des, dts, bytes(work)});
}

SEQUENCES(jboolean, crfViterbi)
(JNIEnv* env, jclass, jlong e, jint T, jint N, jint K, jintArray lengths, jint lengthsAt, jfloatArray emissions, jint emissionsAt,
 jfloatArray transitions, jint transitionsAt, jintArray path, jint pathAt, jfloatArray score, jint scoreAt, jlong work) {
  Pinned<jint> ls(env, lengths, lengthsAt), ps(env, path, pathAt);
  Pinned<float> es(env, emissions, emissionsAt), ts(env, transitions, transitionsAt), ss(env, score, scoreAt);
  if (ls.failed() || ps.failed() || es.failed() || ts.failed() || ss.failed()) return false;
  CrfOperands o{ls, nullptr, T, N, K, es, ts, 0, nullptr, nullptr, bytes(work)};
  engine(e).kernels->crf.viterbi(engine(e).team, o, ps, ss);
  return true;
}
