package dev.carousel.cpu.onednn;

import dev.carousel.tensor.Tensor;

/**
 * A stretch of up to four equally long tensors, copied to arrays of its own and back. Arrays that
 * are indexed alike and fit the first-level cache are what the JIT turns into vector code; views
 * that start at different elements of arrays which might be one are not.
 */
final class Pieces {
  /** Elements of a piece. */
  static final int SIZE = 1024;

  private final float[][] arrays = new float[4][SIZE];

  /** One of the four arrays. */
  float[] array(int i) {
    return arrays[i];
  }

  /** Copies a stretch in. */
  void read(int i, Tensor from, int at, int count) {
    System.arraycopy(from.heap().floats(), from.heapOffset() + at, arrays[i], 0, count);
  }

  /** Copies a stretch back. */
  void write(int i, Tensor to, int at, int count) {
    System.arraycopy(arrays[i], 0, to.heap().floats(), to.heapOffset() + at, count);
  }
}
