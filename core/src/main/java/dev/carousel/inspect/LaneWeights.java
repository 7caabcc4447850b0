package dev.carousel.inspect;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;

/**
 * The weights of one direction of one layer in double: G·H gate rows, I inputs, S state units.
 * Matrices are kept column by column, so that products run along the rows in a fixed order.
 */
final class LaneWeights {
  private final int units;
  private final double[][] input;
  private final double[][] hidden;
  private final double[] inputBias;
  private final double[] hiddenBias;
  private final double[][] projection;

  LaneWeights(RnnSpec spec, float[] flat, int layer, int direction) {
    WeightLayout layout = WeightLayout.of(spec);
    units = spec.hiddenSize();
    input = columns(flat, layout.block(layer, direction, WeightRole.INPUT_WEIGHT));
    hidden = columns(flat, layout.block(layer, direction, WeightRole.HIDDEN_WEIGHT));
    inputBias = vector(flat, layout.block(layer, direction, WeightRole.INPUT_BIAS));
    hiddenBias = vector(flat, layout.block(layer, direction, WeightRole.HIDDEN_BIAS));
    projection =
        spec.projectionSize() == 0
            ? new double[0][]
            : columns(flat, layout.block(layer, direction, WeightRole.PROJECTION));
  }

  private static double[][] columns(float[] flat, WeightBlock block) {
    int rows = block.shape().dim(0);
    int count = block.shape().dim(1);
    double[][] columns = new double[count][rows];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < count; k++) {
        columns[k][r] = flat[(int) block.offset() + r * count + k];
      }
    }
    return columns;
  }

  private static double[] vector(float[] flat, WeightBlock block) {
    double[] vector = new double[block.shape().dim(0)];
    for (int r = 0; r < vector.length; r++) {
      vector[r] = flat[(int) block.offset() + r];
    }
    return vector;
  }

  /** H. */
  int units() {
    return units;
  }

  /** {@code W x + b}, [G·H]. */
  double[] ofInput(double[] x) {
    double[] a = inputBias.clone();
    add(input, x, 0, a.length, a);
    return a;
  }

  /** {@code U h + b'}, [G·H]. */
  double[] ofHidden(double[] h) {
    return ofHidden(h, 0, hiddenBias.length);
  }

  /** Rows {@code from} to {@code to} of it; the others are their biases alone. */
  double[] ofHidden(double[] h, int from, int to) {
    double[] a = hiddenBias.clone();
    add(hidden, h, from, to, a);
    return a;
  }

  private static void add(double[][] columns, double[] x, int from, int to, double[] a) {
    for (int k = 0; k < x.length; k++) {
      double[] column = columns[k];
      double factor = x[k];
      for (int r = from; r < to; r++) {
        a[r] += column[r] * factor;
      }
    }
  }

  /** {@code Wᵀ d}, [I], of the gradient of gate rows. */
  double[] toInput(double[] d) {
    return back(input, d, 0, d.length);
  }

  /** {@code Uᵀ d}, [S], over rows {@code from} to {@code to}. */
  double[] toHidden(double[] d, int from, int to) {
    return back(hidden, d, from, to);
  }

  private static double[] back(double[][] columns, double[] d, int from, int to) {
    double[] out = new double[columns.length];
    for (int k = 0; k < out.length; k++) {
      for (int r = from; r < to; r++) {
        out[k] += columns[k][r] * d[r];
      }
    }
    return out;
  }

  /** The projected state [P] of m [H]; without a projection m itself. */
  double[] project(double[] m) {
    if (projection.length == 0) {
      return m;
    }
    double[] p = new double[projection[0].length];
    add(projection, m, 0, p.length, p);
    return p;
  }

  /** The gradient of m, given that of the projected state. */
  double[] unproject(double[] d) {
    return projection.length == 0 ? d : back(projection, d, 0, d.length);
  }
}
