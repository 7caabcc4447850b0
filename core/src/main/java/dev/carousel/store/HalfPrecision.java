package dev.carousel.store;

/** Exact widening of 16-bit floating-point numbers to float. Java has it built in from 20 on. */
final class HalfPrecision {
  private static final int F16_MANTISSA_BITS = 10;
  private static final int F16_MANTISSA = (1 << F16_MANTISSA_BITS) - 1;
  private static final int F16_EXPONENT = 0x1f;
  private static final int MANTISSA_SHIFT = 23 - F16_MANTISSA_BITS;
  private static final int BIAS_DIFFERENCE = 127 - 15;
  private static final float SMALLEST_F16 = 0x1p-24f;

  private HalfPrecision() {}

  /** IEEE 754 binary16: 1 sign, 5 exponent and 10 mantissa bits. */
  static float fromF16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> F16_MANTISSA_BITS) & F16_EXPONENT;
    int mantissa = bits & F16_MANTISSA;
    if (exponent == 0) {
      float magnitude = mantissa * SMALLEST_F16;
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
    }
    int wide = exponent == F16_EXPONENT ? 0xff : exponent + BIAS_DIFFERENCE;
    return Float.intBitsToFloat(sign | (wide << 23) | (mantissa << MANTISSA_SHIFT));
  }

  /** bfloat16: the upper half of a float. */
  static float fromBf16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
