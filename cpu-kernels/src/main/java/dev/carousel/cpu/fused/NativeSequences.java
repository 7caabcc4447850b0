package dev.carousel.cpu.fused;

import org.jspecify.annotations.Nullable;

/**
 * The C++ functions on sequences; everything as in {@link Native}. Lengths are those of {@link
 * HostLengths}.
 */
final class NativeSequences {
  private NativeSequences() {}

  /**
   * @param pooling its place in {@code pooling.h}
   * @param halves whether the second half of the features ends at step 0
   */
  static native boolean poolForward(
      long engine,
      int pooling,
      boolean halves,
      int steps,
      int batch,
      int features,
      int @Nullable [] lengths,
      int lengthsAt,
      float[] x,
      int xAt,
      float[] out,
      int outAt,
      int @Nullable [] argmax,
      int argmaxAt);

  static native boolean poolBackward(
      long engine,
      int pooling,
      boolean halves,
      int steps,
      int batch,
      int features,
      int @Nullable [] lengths,
      int lengthsAt,
      float[] dOut,
      int dOutAt,
      int @Nullable [] argmax,
      int argmaxAt,
      float[] dx,
      int dxAt);

  /** Sizes as in {@link AttentionSizes}; without an energy scores are dot products. */
  static native boolean attentionForward(
      long engine,
      int queries,
      int steps,
      int batch,
      int keySize,
      int valueSize,
      double scale,
      int @Nullable [] lengths,
      int lengthsAt,
      float[] q,
      int qAt,
      float[] k,
      int kAt,
      float[] v,
      int vAt,
      float @Nullable [] energy,
      int energyAt,
      float[] weights,
      int weightsAt,
      float[] out,
      int outAt);

  static native boolean attentionBackward(
      long engine,
      int queries,
      int steps,
      int batch,
      int keySize,
      int valueSize,
      double scale,
      int @Nullable [] lengths,
      int lengthsAt,
      float[] q,
      int qAt,
      float[] k,
      int kAt,
      float[] v,
      int vAt,
      float @Nullable [] energy,
      int energyAt,
      float[] weights,
      int weightsAt,
      float[] dOut,
      int dOutAt,
      float[] dq,
      int dqAt,
      float[] dk,
      int dkAt,
      float[] dv,
      int dvAt,
      float @Nullable [] dEnergy,
      int dEnergyAt);

  static native long crfWorkBytes(long engine, int steps, int batch, int labels);

  /** The sum of the rows' losses; {@code factor} multiplies its gradient. */
  static native double crfLoss(
      long engine,
      int steps,
      int batch,
      int labels,
      int @Nullable [] lengths,
      int lengthsAt,
      float[] emissions,
      int emissionsAt,
      float[] transitions,
      int transitionsAt,
      int[] gold,
      int goldAt,
      double factor,
      float @Nullable [] dEmissions,
      int dEmissionsAt,
      float @Nullable [] dTransitions,
      int dTransitionsAt,
      long work);

  static native boolean crfViterbi(
      long engine,
      int steps,
      int batch,
      int labels,
      int @Nullable [] lengths,
      int lengthsAt,
      float[] emissions,
      int emissionsAt,
      float[] transitions,
      int transitionsAt,
      int[] path,
      int pathAt,
      float[] score,
      int scoreAt,
      long work);
}
