package dev.carousel.cuda;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** One half of the staging memory in each of the types that are moved through it. */
final class PinnedView {
  private final FloatBuffer floats;
  private final IntBuffer ints;
  private final DoubleBuffer doubles;

  PinnedView(ByteBuffer bytes) {
    floats = bytes.asFloatBuffer();
    ints = bytes.asIntBuffer();
    doubles = bytes.asDoubleBuffer();
  }

  void floats(float[] from, int at, int n) {
    floats.put(0, from, at, n);
  }

  void ints(int[] from, int at, int n) {
    ints.put(0, from, at, n);
  }

  void doubles(double[] from, int at, int n) {
    doubles.put(0, from, at, n);
  }

  void intoFloats(float[] to, int at, int n) {
    floats.get(0, to, at, n);
  }

  void intoInts(int[] to, int at, int n) {
    ints.get(0, to, at, n);
  }

  void intoDoubles(double[] to, int at, int n) {
    doubles.get(0, to, at, n);
  }
}
