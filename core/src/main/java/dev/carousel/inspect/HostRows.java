package dev.carousel.inspect;

import dev.carousel.autograd.Var;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.Tensor;

/** Values of one row of a batch as arrays of the host. */
record HostRows(Memory memory) {
  /** The first {@code count} rows of [R, 1, C]. */
  double[][] of(Tensor from, int count) {
    int features = from.shape().dim(2);
    float[] all = flat(from);
    double[][] rows = new double[count][features];
    for (int r = 0; r < count; r++) {
      for (int k = 0; k < features; k++) {
        rows[r][k] = all[r * features + k];
      }
    }
    return rows;
  }

  /** The gradient of [R, 1, C], its first {@code count} rows; zeros where none arrived. */
  double[][] gradient(Var v, int count) {
    Tensor d = v.gradient();
    return d == null ? new double[count][v.shape().dim(2)] : of(d, count);
  }

  /** All numbers, one after another. */
  float[] flat(Tensor from) {
    float[] all = new float[Math.toIntExact(from.size())];
    memory.download(from, all, 0);
    return all;
  }
}
