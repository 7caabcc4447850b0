package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import dev.carousel.rnn.Direction;
import dev.carousel.spi.Pooling;

/**
 * Pooling over time. Names of its results: {@code out}, {@code argmax} (meaningful for MAX), {@code
 * dx}.
 *
 * @param x [T, N, C]
 * @param dOut [N, C]
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record PoolingOracle(
    Pooling pooling, Direction direction, int[] lengths, double[] x, double[] dOut) {

  /** Every result. */
  public Outcome outcome() {
    Outcome o = new Outcome();
    o.put("out", new double[dOut.length]);
    o.put("argmax", new double[dOut.length]);
    o.put("dx", new double[x.length]);
    int features = dOut.length / lengths.length;
    for (int i = 0; i < dOut.length; i++) {
      column(o, i, lengths[i / features], i % features >= features / 2);
    }
    return o;
  }

  /** One feature of one row: elements i, i + N·C, i + 2·N·C … of x. */
  private void column(Outcome o, int i, int length, boolean secondHalf) {
    int stride = dOut.length;
    o.get("argmax")[i] = -1;
    if (length == 0) {
      return;
    }
    if (pooling == Pooling.MEAN) {
      for (int t = 0; t < length; t++) {
        o.get("out")[i] += x[t * stride + i] / length;
        o.get("dx")[t * stride + i] = dOut[i] / length;
      }
      return;
    }
    int step =
        pooling == Pooling.MAX
            ? argmax(i, length)
            : direction == Direction.BIDIRECTIONAL && secondHalf ? 0 : length - 1;
    o.get("argmax")[i] = step;
    o.get("out")[i] = x[step * stride + i];
    o.get("dx")[step * stride + i] = dOut[i];
  }

  private int argmax(int i, int length) {
    int best = 0;
    for (int t = 1; t < length; t++) {
      if (x[t * dOut.length + i] > x[best * dOut.length + i]) {
        best = t;
      }
    }
    return best;
  }
}
