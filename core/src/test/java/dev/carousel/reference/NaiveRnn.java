package dev.carousel.reference;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;

/**
 * The equations of {@link Cell} for one row, gate by gate and unit by unit, with nothing in common
 * with the backend but the weight layout.
 */
final class NaiveRnn {
  private final RnnSpec spec;
  private final double[] weights;
  private final WeightLayout layout;

  NaiveRnn(RnnSpec spec, double[] weights) {
    this.spec = spec;
    this.weights = weights;
    this.layout = WeightLayout.of(spec);
  }

  /** One row's outputs and last states, [steps][D·S], [L·D][S] and [L·D][H]. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(double[][] y, double[][] h, double[][] c) {}

  Row run(double[][] x, double[][] h0, double[][] c0) {
    int directions = spec.direction().count();
    double[][] input = x;
    double[][] h = new double[h0.length][];
    double[][] c = new double[h0.length][];
    for (int l = 0; l < spec.layers(); l++) {
      double[][] output = new double[x.length][spec.outputSize()];
      for (int d = 0; d < directions; d++) {
        int lane = l * directions + d;
        double[] state = h0[lane].clone();
        double[] cell = spec.cell().hasCellState() ? c0[lane].clone() : new double[0];
        for (int s = 0; s < x.length; s++) {
          int t = d == 0 ? s : x.length - 1 - s;
          state = step(l, d, input[t], state, cell);
          System.arraycopy(state, 0, output[t], d * spec.stateSize(), spec.stateSize());
        }
        h[lane] = state;
        c[lane] = cell;
      }
      input = output;
    }
    return new Row(input, h, c);
  }

  private double[] step(int l, int d, double[] x, double[] h, double[] c) {
    int units = spec.hiddenSize();
    double[] next = new double[units];
    for (int j = 0; j < units; j++) {
      next[j] =
          switch (spec.cell()) {
            case LSTM -> lstm(l, d, x, h, c, j);
            case GRU -> gru(l, d, x, h, j);
            case GRU_RESET_BEFORE -> gruResetBefore(l, d, x, h, j);
            case RNN_TANH -> Math.tanh(wx(l, d, x, j) + uh(l, d, h, j));
            case RNN_RELU -> Math.max(0, wx(l, d, x, j) + uh(l, d, h, j));
          };
    }
    if (spec.projectionSize() == 0) {
      return next;
    }
    double[] projected = new double[spec.projectionSize()];
    for (int p = 0; p < projected.length; p++) {
      for (int j = 0; j < units; j++) {
        projected[p] += weight(l, d, WeightRole.PROJECTION, p, j) * next[j];
      }
    }
    return projected;
  }

  private double lstm(int l, int d, double[] x, double[] h, double[] c, int j) {
    int units = spec.hiddenSize();
    double i = logistic(wx(l, d, x, j) + uh(l, d, h, j));
    double f = logistic(wx(l, d, x, units + j) + uh(l, d, h, units + j));
    double g = Math.tanh(wx(l, d, x, 2 * units + j) + uh(l, d, h, 2 * units + j));
    double o = logistic(wx(l, d, x, 3 * units + j) + uh(l, d, h, 3 * units + j));
    c[j] = f * c[j] + i * g;
    return o * Math.tanh(c[j]);
  }

  private double gru(int l, int d, double[] x, double[] h, int j) {
    int units = spec.hiddenSize();
    double r = logistic(wx(l, d, x, j) + uh(l, d, h, j));
    double z = logistic(wx(l, d, x, units + j) + uh(l, d, h, units + j));
    double n = Math.tanh(wx(l, d, x, 2 * units + j) + r * uh(l, d, h, 2 * units + j));
    return (1 - z) * n + z * h[j];
  }

  private double gruResetBefore(int l, int d, double[] x, double[] h, int j) {
    int units = spec.hiddenSize();
    double[] reset = new double[units];
    for (int k = 0; k < units; k++) {
      reset[k] = logistic(wx(l, d, x, k) + uh(l, d, h, k)) * h[k];
    }
    double z = logistic(wx(l, d, x, units + j) + uh(l, d, h, units + j));
    double n = Math.tanh(wx(l, d, x, 2 * units + j) + uh(l, d, reset, 2 * units + j));
    return (1 - z) * n + z * h[j];
  }

  /** Row {@code row} of W x + b. */
  private double wx(int l, int d, double[] x, int row) {
    double sum = weight(l, d, WeightRole.INPUT_BIAS, 0, row);
    for (int k = 0; k < x.length; k++) {
      sum += weight(l, d, WeightRole.INPUT_WEIGHT, row, k) * x[k];
    }
    return sum;
  }

  /** Row {@code row} of U h + b'. */
  private double uh(int l, int d, double[] h, int row) {
    double sum = weight(l, d, WeightRole.HIDDEN_BIAS, 0, row);
    for (int k = 0; k < h.length; k++) {
      sum += weight(l, d, WeightRole.HIDDEN_WEIGHT, row, k) * h[k];
    }
    return sum;
  }

  private double weight(int l, int d, WeightRole role, int row, int col) {
    WeightBlock b = layout.block(l, d, role);
    return weights[(int) b.offset() + row * b.shape().dim(-1) + col];
  }

  private static double logistic(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }
}
