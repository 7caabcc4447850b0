package dev.carousel.cpu.onednn;

import java.nio.ShortBuffer;

/** bfloat16: the upper half of a single, rounded to nearest even. */
record Bfloat16Elements(ShortBuffer buffer) implements Elements {
  private static final short[] ZEROS = new short[1024];

  /** Rounds; NaN stays NaN. */
  static short round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40); // quiet, whatever the lower half was
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** Exact. */
  static float widen(short value) {
    return Float.intBitsToFloat(value << 16);
  }

  @Override
  public void put(int at, float[] from, int fromAt, int count) {
    for (int i = 0; i < count; i++) {
      buffer.put(at + i, round(from[fromAt + i]));
    }
  }

  @Override
  public void get(int at, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = widen(buffer.get(at + i));
    }
  }

  @Override
  public void copy(int at, int from, int count) {
    buffer.put(at, buffer, from, count);
  }

  @Override
  public void set(int at, float value) {
    buffer.put(at, round(value));
  }

  @Override
  public void zero(int at, int count) {
    for (int done = 0; done < count; done += ZEROS.length) {
      buffer.put(at + done, ZEROS, 0, Math.min(ZEROS.length, count - done));
    }
  }
}
