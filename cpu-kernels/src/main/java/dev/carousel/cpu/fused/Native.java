package dev.carousel.cpu.fused;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The C++ functions. Handles are addresses; arrays come with the index of their first element, and
 * null stands for an operand that is not there. Nothing is checked here or beyond. Functions that
 * use arrays answer false if the JVM had no memory to give them, and an {@link OutOfMemoryError} is
 * then thrown.
 */
final class Native {
  private Native() {}

  /**
   * 4 AVX-512 with products of bfloat16, 3 AVX-512 with products of integers, 2 AVX-512, 1 AVX2, 0
   * neither.
   */
  static native int instructionSet();

  /** Whether the processor and the system have AMX with bfloat16 and integers of eight bits. */
  static native boolean tiles();

  static native String builtBy();

  /** 0 if the system has no memory left. */
  static native long allocate(long bytes);

  static native void free(long address);

  /** Null if the JVM does not support it. */
  static native @Nullable ByteBuffer view(long address, long bytes);

  static native long open(int instructionSet, int threads);

  static native int threads(long engine);

  static native void close(long engine);

  /**
   * The recurrent kernels of one precision on an engine's threads: the {@code rnn} of the others.
   *
   * @param precision 0 single, 1 bfloat16, 2 integers of eight bits
   */
  static native long openRnn(long engine, int precision);

  static native void closeRnn(long rnn);

  static native long newRnnWeights(
      long rnn, int cell, int inputs, int hidden, int layers, int directions, boolean backward);

  static native boolean packRnn(long rnn, long weights, float[] flat, int at);

  static native void freeRnnWeights(long rnn, long weights);

  static native long newRnnPlan(
      long rnn,
      int cell,
      int inputs,
      int hidden,
      int layers,
      int directions,
      int steps,
      int batch,
      boolean training,
      int threads);

  static native long rnnReserveBytes(long rnn, long plan);

  static native long rnnWorkBytes(long rnn, long plan);

  static native void freeRnnPlan(long rnn, long plan);

  static native boolean rnnForward(
      long rnn,
      long plan,
      long weights,
      float[] x,
      int xAt,
      int @Nullable [] lengths,
      int lengthsAt,
      float @Nullable [] h0,
      int h0At,
      float @Nullable [] c0,
      int c0At,
      float[] y,
      int yAt,
      float @Nullable [] hn,
      int hnAt,
      float @Nullable [] cn,
      int cnAt,
      long reserve,
      long work);

  static native boolean rnnBackward(
      long rnn,
      long plan,
      long weights,
      float[] x,
      int xAt,
      int @Nullable [] lengths,
      int lengthsAt,
      long reserve,
      long work,
      float[] dy,
      int dyAt,
      float @Nullable [] dhn,
      int dhnAt,
      float @Nullable [] dcn,
      int dcnAt,
      float @Nullable [] dx,
      int dxAt,
      float @Nullable [] dh0,
      int dh0At,
      float @Nullable [] dc0,
      int dc0At,
      float @Nullable [] dWeights,
      int dWeightsAt);

  /** The gates of a call without its products; y, reserve and work are native. */
  static native boolean rnnGates(
      long rnn,
      long plan,
      int @Nullable [] lengths,
      int lengthsAt,
      long y,
      long reserve,
      long work);

  /** 0 if the system has no memory left. */
  static native long newMatrix(long engine, boolean int8, int outputs, int inputs);

  static native boolean packMatrix(long engine, boolean int8, long matrix, float[] w, int at);

  static native void freeMatrix(long engine, boolean int8, long matrix);

  static native boolean linearForward(
      long engine,
      boolean int8,
      long matrix,
      float[] x,
      int xAt,
      int rows,
      float @Nullable [] bias,
      int biasAt,
      float[] y,
      int yAt);

  static native boolean linearBackward(
      long engine,
      int rows,
      int inputs,
      int outputs,
      float[] x,
      int xAt,
      float[] w,
      int wAt,
      float[] dy,
      int dyAt,
      float @Nullable [] dx,
      int dxAt,
      float @Nullable [] dw,
      int dwAt,
      float @Nullable [] dBias,
      int dBiasAt);

  static native double sumOfSquares(long engine, float[] g, int at, int count);

  static native boolean adam(
      long engine,
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float[] m,
      int mAt,
      float[] v,
      int vAt,
      int count,
      double rate,
      double step,
      double factor,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      boolean decoupled);

  static native boolean sgd(
      long engine,
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float @Nullable [] u,
      int uAt,
      int count,
      double rate,
      double factor,
      double momentum,
      double decay,
      boolean nesterov);

  /**
   * The sum of the rows' losses; {@code factor} multiplies the gradient of that sum. A focus above
   * 0 makes it a focal loss, which knows no smoothing.
   */
  static native double softmax(
      long engine,
      float[] logits,
      int logitsAt,
      int rows,
      int classes,
      int[] gold,
      int goldAt,
      float @Nullable [] weights,
      int weightsAt,
      double smoothing,
      double allWeights,
      double focus,
      double factor,
      float @Nullable [] dLogits,
      int dLogitsAt);

  /** The sum of the elements' losses; focus and factor as in {@link #softmax}. */
  static native double sigmoid(
      long engine,
      float[] logits,
      int logitsAt,
      float[] targets,
      int targetsAt,
      int rows,
      int labels,
      float @Nullable [] weights,
      int weightsAt,
      double focus,
      double factor,
      float @Nullable [] dLogits,
      int dLogitsAt);

  /**
   * The sum of the elements' losses, those without a target apart.
   *
   * @param penalty its place in {@code regression.h}
   */
  static native double regression(
      long engine,
      int penalty,
      double delta,
      float[] predictions,
      int predictionsAt,
      float[] targets,
      int targetsAt,
      int count,
      double factor,
      float @Nullable [] dPredictions,
      int dPredictionsAt);

  static native boolean probabilities(
      long engine, float[] logits, int logitsAt, int rows, int classes, float[] out, int outAt);

  static native boolean dropout(
      long engine,
      int[] state,
      int stateAt,
      int site,
      int threshold,
      double rate,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int count,
      int period);

  static native boolean dropRows(
      long engine,
      int[] state,
      int stateAt,
      int site,
      int threshold,
      double rate,
      int[] ids,
      int idsAt,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int rows,
      int width);
}
