package dev.carousel.cpu.fused;

import org.jspecify.annotations.Nullable;

/** The C++ functions on elements and rows; everything as in {@link Native}. */
final class NativeElements {
  private NativeElements() {}

  static native boolean add(
      long engine, float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int count);

  static native boolean multiply(
      long engine, float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int count);

  static native boolean addScaled(
      long engine, double alpha, float[] x, int xAt, float[] y, int yAt, int count);

  static native boolean clamp(long engine, double bound, float[] x, int xAt, int count);

  /** The activation by its place in {@code elementwise.h}. */
  static native boolean activate(
      long engine, int activation, float[] x, int xAt, float[] y, int yAt, int count);

  static native boolean activateBackward(
      long engine,
      int activation,
      float[] y,
      int yAt,
      float[] dy,
      int dyAt,
      float[] dx,
      int dxAt,
      int count);

  /** Pitches are elements from a row to the next. */
  static native boolean copyRows(
      long engine,
      float[] from,
      int fromAt,
      int fromPitch,
      float[] to,
      int toAt,
      int toPitch,
      int rows,
      int width);

  static native boolean gather(
      long engine,
      int[] ids,
      int idsAt,
      int count,
      int width,
      float[] table,
      int tableAt,
      float[] out,
      int outAt);

  static native boolean scatterAdd(
      long engine,
      int[] ids,
      int idsAt,
      int count,
      int width,
      float[] d,
      int dAt,
      float[] table,
      int tableAt);

  static native boolean layerNorm(
      long engine,
      int rows,
      int features,
      double epsilon,
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] shift,
      int shiftAt,
      float[] y,
      int yAt,
      float[] statistics,
      int statisticsAt);

  static native boolean layerNormBackward(
      long engine,
      int rows,
      int features,
      float[] x,
      int xAt,
      float[] gain,
      int gainAt,
      float[] statistics,
      int statisticsAt,
      float[] dy,
      int dyAt,
      float[] dx,
      int dxAt,
      float @Nullable [] dGain,
      int dGainAt,
      float @Nullable [] dShift,
      int dShiftAt);
}
