// The functions that Java calls for all that is not recurrent; see jni.cpp.
#include "java.h"

using namespace carousel;

// The kernels of a matrix in single precision, or of integers of eight bits.
static const LinearKernels& linear(jlong e, jboolean int8) { return int8 ? *linearAvx512Int8() : engine(e).kernels->linear; }

NATIVE(jlong, newMatrix)(JNIEnv*, jclass, jlong e, jboolean int8, jint outputs, jint inputs) {
  return reinterpret_cast<jlong>(linear(e, int8).newMatrix(outputs, inputs));
}

NATIVE(jboolean, packMatrix)(JNIEnv* env, jclass, jlong e, jboolean int8, jlong matrix, jfloatArray w, jint at) {
  Pinned<float> ws(env, w, at);
  if (ws.failed()) return false;
  linear(e, int8).pack(engine(e).team, bytes(matrix), ws);
  return true;
}

NATIVE(void, freeMatrix)(JNIEnv*, jclass, jlong e, jboolean int8, jlong matrix) { linear(e, int8).freeMatrix(bytes(matrix)); }

NATIVE(jboolean, linearForward)
(JNIEnv* env, jclass, jlong e, jboolean int8, jlong matrix, jfloatArray x, jint xAt, jint rows, jfloatArray bias, jint biasAt,
 jfloatArray y, jint yAt) {
  Pinned<float> xs(env, x, xAt), bs(env, bias, biasAt), ys(env, y, yAt);
  if (xs.failed() || bs.failed() || ys.failed()) return false;
  linear(e, int8).forward(engine(e).team, bytes(matrix), xs, rows, bs, ys);
  return true;
}

NATIVE(jboolean, linearBackward)
(JNIEnv* env, jclass, jlong e, jint rows, jint inputs, jint outputs, jfloatArray x, jint xAt, jfloatArray w, jint wAt,
 jfloatArray dy, jint dyAt, jfloatArray dx, jint dxAt, jfloatArray dw, jint dwAt, jfloatArray dBias, jint dBiasAt) {
  char* scratch = engine(e).scratch.borrow();
  if (scratch == nullptr) {
    env->ThrowNew(env->FindClass("java/lang/OutOfMemoryError"), "the system has no native memory left for a product");
    return false;
  }
  bool had;
  {
    Pinned<float> xs(env, x, xAt), ws(env, w, wAt), dys(env, dy, dyAt), dxs(env, dx, dxAt), dws(env, dw, dwAt),
        dbs(env, dBias, dBiasAt);
    had = !(xs.failed() || ws.failed() || dys.failed() || dxs.failed() || dws.failed() || dbs.failed());
    if (had) {
      LinearBackwardOperands o{rows, inputs, outputs, xs, ws, dys, dxs, dws, dbs};
      engine(e).kernels->linear.backward(engine(e).team, o, scratch);
    }
  }
  engine(e).scratch.giveBack(scratch);
  return had;
}

NATIVE(jdouble, sumOfSquares)(JNIEnv* env, jclass, jlong e, jfloatArray g, jint at, jint count) {
  Pinned<float> gs(env, g, at);
  return gs.failed() ? 0 : engine(e).kernels->optimizer.sumOfSquares(engine(e).team, gs, count);
}

NATIVE(jboolean, adam)
(JNIEnv* env, jclass, jlong e, jfloatArray p, jint pAt, jfloatArray g, jint gAt, jfloatArray m, jint mAt, jfloatArray v,
 jint vAt, jint count, jdouble rate, jdouble step, jdouble factor, jdouble beta1, jdouble beta2, jdouble epsilon,
 jdouble decay, jboolean decoupled) {
  Pinned<float> ps(env, p, pAt), gs(env, g, gAt), ms(env, m, mAt), vs(env, v, vAt);
  if (ps.failed() || gs.failed() || ms.failed() || vs.failed()) return false;
  AdamOperands o{ps, ms, vs, gs, count, rate, step, factor, beta1, beta2, epsilon, decay, decoupled != 0};
  engine(e).kernels->optimizer.adam(engine(e).team, o);
  return true;
}

NATIVE(jboolean, sgd)
(JNIEnv* env, jclass, jlong e, jfloatArray p, jint pAt, jfloatArray g, jint gAt, jfloatArray u, jint uAt, jint count,
 jdouble rate, jdouble factor, jdouble momentum, jdouble decay, jboolean nesterov) {
  Pinned<float> ps(env, p, pAt), gs(env, g, gAt), us(env, u, uAt);
  if (ps.failed() || gs.failed() || us.failed()) return false;
  SgdOperands o{ps, us, gs, count, rate, factor, momentum, decay, nesterov != 0};
  engine(e).kernels->optimizer.sgd(engine(e).team, o);
  return true;
}

NATIVE(jdouble, softmax)
(JNIEnv* env, jclass, jlong e, jfloatArray logits, jint logitsAt, jint rows, jint classes, jintArray gold, jint goldAt,
 jfloatArray weights, jint weightsAt, jdouble smoothing, jdouble allWeights, jdouble focus, jdouble factor,
 jfloatArray d, jint dAt) {
  Pinned<float> zs(env, logits, logitsAt), ws(env, weights, weightsAt), ds(env, d, dAt);
  Pinned<jint> gs(env, gold, goldAt);
  if (zs.failed() || ws.failed() || ds.failed() || gs.failed()) return 0;
  SoftmaxOperands o{zs, rows, classes, gs, ws, smoothing, allWeights, focus, factor, ds};
  return engine(e).kernels->loss.softmax(engine(e).team, o);
}

NATIVE(jdouble, sigmoid)
(JNIEnv* env, jclass, jlong e, jfloatArray logits, jint logitsAt, jfloatArray targets, jint targetsAt, jint rows,
 jint labels, jfloatArray weights, jint weightsAt, jdouble focus, jdouble factor, jfloatArray d, jint dAt) {
  Pinned<float> zs(env, logits, logitsAt), ts(env, targets, targetsAt), ws(env, weights, weightsAt), ds(env, d, dAt);
  if (zs.failed() || ts.failed() || ws.failed() || ds.failed()) return 0;
  SigmoidOperands o{zs, ts, rows, labels, ws, focus, factor, ds};
  return engine(e).kernels->loss.sigmoid(engine(e).team, o);
}

NATIVE(jdouble, regression)
(JNIEnv* env, jclass, jlong e, jint penalty, jdouble delta, jfloatArray predictions, jint predictionsAt, jfloatArray targets,
 jint targetsAt, jint count, jdouble factor, jfloatArray d, jint dAt) {
  Pinned<float> ps(env, predictions, predictionsAt), ts(env, targets, targetsAt), ds(env, d, dAt);
  if (ps.failed() || ts.failed() || ds.failed()) return 0;
  RegressionOperands o{ps, ts, count, penalty, static_cast<float>(delta), static_cast<float>(factor), ds};
  return engine(e).kernels->loss.regression(engine(e).team, o);
}

NATIVE(jboolean, probabilities)
(JNIEnv* env, jclass, jlong e, jfloatArray logits, jint logitsAt, jint rows, jint classes, jfloatArray out, jint outAt) {
  Pinned<float> zs(env, logits, logitsAt), os(env, out, outAt);
  if (zs.failed() || os.failed()) return false;
  engine(e).kernels->loss.probabilities(engine(e).team, zs, rows, classes, os);
  return true;
}

namespace {

NoiseState noise(const jint* state, jint site, jint threshold, jdouble rate) {
  return {static_cast<unsigned>(state[0]), static_cast<unsigned>(state[1]),  static_cast<unsigned>(state[2]),
          static_cast<unsigned>(site),     static_cast<unsigned>(threshold), static_cast<float>(1 / (1 - rate))};
}

}  // namespace

NATIVE(jboolean, dropout)
(JNIEnv* env, jclass, jlong e, jintArray state, jint stateAt, jint site, jint threshold, jdouble rate, jfloatArray x,
 jint xAt, jfloatArray y, jint yAt, jint count, jint period) {
  Pinned<jint> ss(env, state, stateAt);
  Pinned<float> xs(env, x, xAt), ys(env, y, yAt);
  if (ss.failed() || xs.failed() || ys.failed()) return false;
  engine(e).kernels->noise.dropout(engine(e).team, noise(ss, site, threshold, rate), xs, ys, count, period);
  return true;
}

NATIVE(jboolean, dropRows)
(JNIEnv* env, jclass, jlong e, jintArray state, jint stateAt, jint site, jint threshold, jdouble rate, jintArray ids,
 jint idsAt, jfloatArray x, jint xAt, jfloatArray y, jint yAt, jint rows, jint width) {
  Pinned<jint> ss(env, state, stateAt), is(env, ids, idsAt);
  Pinned<float> xs(env, x, xAt), ys(env, y, yAt);
  if (ss.failed() || is.failed() || xs.failed() || ys.failed()) return false;
  engine(e).kernels->noise.dropRows(engine(e).team, noise(ss, site, threshold, rate), is, xs, ys, rows, width);
  return true;
}
