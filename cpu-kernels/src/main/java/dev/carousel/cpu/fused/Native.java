package dev.carousel.cpu.fused;

import org.jspecify.annotations.Nullable;

/**
 * The C++ functions. Handles are addresses; arrays come with the index of their first element, and
 * null stands for an operand that is not there. Nothing is checked here or beyond. Functions that
 * use arrays answer false if the JVM had no memory to give them, and an {@link OutOfMemoryError} is
 * then thrown.
 */
final class Native {
  private Native() {}

  /** 2 AVX-512, 1 AVX2, 0 neither. */
  static native int instructionSet();

  static native String builtBy();

  static native long open(int instructionSet, int threads);

  static native int threads(long engine);

  static native void close(long engine);

  static native long newRnnWeights(
      long engine, int cell, int inputs, int hidden, int layers, int directions, boolean backward);

  static native boolean packRnn(long engine, long weights, float[] flat, int at);

  static native void freeRnnWeights(long engine, long weights);

  static native long newRnnPlan(
      long engine,
      int cell,
      int inputs,
      int hidden,
      int layers,
      int directions,
      int steps,
      int batch,
      boolean training,
      int threads);

  static native long rnnReserveBytes(long engine, long plan);

  static native long rnnWorkBytes(long engine, long plan);

  static native void freeRnnPlan(long engine, long plan);

  static native boolean rnnForward(
      long engine,
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
      long engine,
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
}
