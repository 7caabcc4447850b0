package dev.carousel.cpu.onednn;

import java.nio.FloatBuffer;

/** Single precision. */
record FloatElements(FloatBuffer buffer) implements Elements {
  private static final float[] ZEROS = new float[1024];

  @Override
  public void put(int at, float[] from, int fromAt, int count) {
    buffer.put(at, from, fromAt, count);
  }

  @Override
  public void get(int at, float[] to, int toAt, int count) {
    buffer.get(at, to, toAt, count);
  }

  @Override
  public void copy(int at, int from, int count) {
    buffer.put(at, buffer, from, count);
  }

  @Override
  public void set(int at, float value) {
    buffer.put(at, value);
  }

  @Override
  public void zero(int at, int count) {
    for (int done = 0; done < count; done += ZEROS.length) {
      buffer.put(at + done, ZEROS, 0, Math.min(ZEROS.length, count - done));
    }
  }
}
