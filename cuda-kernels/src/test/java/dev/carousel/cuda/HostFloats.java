package dev.carousel.cuda;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;

/** Emulated device memory as doubles, in each of cuDNN's types. */
final class HostFloats {
  private HostFloats() {}

  static double[] read(ElementType type, long address, int n) {
    double[] values = new double[n];
    if (address == 0) {
      return values;
    }
    if (type == ElementType.F32) {
      float[] floats = new float[n];
      new FloatPointer(new HostBytes().move(address)).get(floats);
      for (int i = 0; i < n; i++) {
        values[i] = floats[i];
      }
      return values;
    }
    short[] shorts = new short[n];
    new ShortPointer(new HostBytes().move(address)).get(shorts);
    for (int i = 0; i < n; i++) {
      values[i] =
          type == ElementType.BF16 ? Float.intBitsToFloat(shorts[i] << 16) : half(shorts[i]);
    }
    return values;
  }

  static void write(ElementType type, long address, double[] values) {
    if (address == 0) {
      return;
    }
    int n = values.length;
    if (type == ElementType.F32) {
      float[] floats = new float[n];
      for (int i = 0; i < n; i++) {
        floats[i] = (float) values[i];
      }
      new FloatPointer(new HostBytes().move(address)).put(floats);
      return;
    }
    short[] shorts = new short[n];
    for (int i = 0; i < n; i++) {
      shorts[i] = type == ElementType.BF16 ? bfloat16(values[i]) : toHalf((float) values[i]);
    }
    new ShortPointer(new HostBytes().move(address)).put(shorts);
  }

  private static short bfloat16(double value) {
    int bits = Float.floatToRawIntBits((float) value);
    return Double.isNaN(value)
        ? (short) 0x7fc0
        : (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >> 16);
  }

  /** IEEE half to single, by its definition. */
  static float half(short h) {
    int exponent = (h >>> 10) & 0x1f;
    int fraction = h & 0x3ff;
    float sign = h < 0 ? -1 : 1;
    if (exponent == 0x1f) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    float magnitude =
        exponent == 0
            ? Math.scalb((float) fraction, -24)
            : Math.scalb((float) (fraction + 0x400), exponent - 25);
    return sign * magnitude;
  }

  /** The nearest half, of two the even one. */
  static short toHalf(float f) {
    int sign = (Float.floatToRawIntBits(f) >>> 16) & 0x8000;
    if (Float.isNaN(f)) {
      return (short) 0x7e00;
    }
    float magnitude = Math.abs(f);
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    int exponent = Math.max(Math.getExponent(magnitude), -14);
    int units = (int) Math.rint(Math.scalb((double) magnitude, 10 - exponent));
    return (short) (sign | (((exponent + 14) << 10) + units));
  }
}
