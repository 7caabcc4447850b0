package dev.carousel.nn;

import dev.carousel.rnn.Cell;
import java.util.Arrays;
import java.util.Map;

/**
 * The variants' equations in double, one row, one step and one unit at a time, over real steps
 * only: what {@link UnrolledLayer} is compared with. T steps, N rows, C features, H units.
 *
 * @param lengths of the N rows
 * @param parameters by name, without the network's
 * @param suffix of the names, for example {@code _l0_reverse}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record VariantLoop(
    Cell cell,
    CellVariant variant,
    int[] lengths,
    Map<String, double[]> parameters,
    String suffix) {
  private static final double EPSILON = 1e-5;

  /** y [T, N, H], zero in the padding; the last h and c, [N, H]. */
  record Result(double[] y, double[] h, double[] c) {}

  /**
   * Runs.
   *
   * @param x [T, N, C]
   * @param h0 [N, H]
   * @param c0 [N, H]
   */
  Result run(double[] x, double[] h0, double[] c0, VariantMasks masks) {
    int rows = lengths.length;
    int units = h0.length / rows;
    int features = parameters.get("weight_ih" + suffix).length / (cell.gates() * units);
    double[] y = new double[x.length / features * units];
    double[] h = h0.clone();
    double[] c = c0.clone();
    boolean backwards = suffix.endsWith("_reverse");
    for (int n = 0; n < rows; n++) {
      for (int k = 0; k < lengths[n]; k++) {
        int t = backwards ? lengths[n] - 1 - k : k;
        double[] input =
            Arrays.copyOfRange(x, (t * rows + n) * features, (t * rows + n + 1) * features);
        double[] before = Arrays.copyOfRange(h, n * units, (n + 1) * units);
        double[] cell = Arrays.copyOfRange(c, n * units, (n + 1) * units);
        step(input, before, cell, n, t, masks);
        System.arraycopy(before, 0, h, n * units, units);
        System.arraycopy(cell, 0, c, n * units, units);
        System.arraycopy(before, 0, y, (t * rows + n) * units, units);
      }
    }
    return new Result(y, h, c);
  }

  /** Replaces h and c of one row by those after the step. */
  private void step(double[] x, double[] h, double[] c, int n, int t, VariantMasks masks) {
    int units = h.length;
    double[] seen = new double[units];
    for (int j = 0; j < units; j++) {
      seen[j] = h[j] * masks.hidden()[n * units + j];
    }
    double[] a = sums("ih", x);
    double[] u = sums("hh", seen);
    double[] newC = new double[units];
    double[] newH = new double[units];
    int at = (t * lengths.length + n) * units;
    for (int j = 0; j < units; j++) {
      double drop = masks.candidate()[at + j];
      switch (cell) {
        case LSTM -> newC[j] = cell(a, u, c, j, drop);
        case GRU -> newH[j] = gru(a, u, h, j, drop);
        case RNN_TANH -> newH[j] = Math.tanh(a[j] + u[j]);
        case RNN_RELU -> newH[j] = Math.max(0, a[j] + u[j]);
        case GRU_RESET_BEFORE -> throw new IllegalArgumentException("no variant of " + cell);
      }
    }
    if (cell == Cell.LSTM) {
      double[] shown =
          variant.wiring() == CellWiring.LAYER_NORM ? norm(newC, "gain_c", "shift_c") : newC;
      for (int j = 0; j < units; j++) {
        double o = sigmoid(a[3 * units + j] + u[3 * units + j] + hole(2, j, units) * newC[j]);
        newH[j] = o * Math.tanh(shown[j]);
      }
    }
    for (int j = 0; j < units; j++) {
      h[j] += masks.fresh()[at + j] * (newH[j] - h[j]);
      c[j] += masks.freshCell()[at + j] * (newC[j] - c[j]);
    }
  }

  private double cell(double[] a, double[] u, double[] c, int j, double drop) {
    int units = c.length;
    double i = sigmoid(a[j] + u[j] + hole(0, j, units) * c[j]);
    double f = sigmoid(a[units + j] + u[units + j] + hole(1, j, units) * c[j]);
    return f * c[j] + i * drop * Math.tanh(a[2 * units + j] + u[2 * units + j]);
  }

  private double hole(int gate, int j, int units) {
    return variant.wiring() == CellWiring.PEEPHOLE
        ? parameters.get("peephole" + suffix)[gate * units + j]
        : 0;
  }

  private static double gru(double[] a, double[] u, double[] h, int j, double drop) {
    int units = h.length;
    double r = sigmoid(a[j] + u[j]);
    double z = sigmoid(a[units + j] + u[units + j]);
    double n = drop * Math.tanh(a[2 * units + j] + r * u[2 * units + j]);
    return (1 - z) * n + z * h[j];
  }

  /** The product and its bias, or the product normalised over all gates. */
  private double[] sums(String which, double[] v) {
    double[] w = parameters.get("weight_" + which + suffix);
    double[] product = new double[w.length / v.length];
    for (int g = 0; g < product.length; g++) {
      for (int k = 0; k < v.length; k++) {
        product[g] += w[g * v.length + k] * v[k];
      }
    }
    if (variant.wiring() == CellWiring.LAYER_NORM) {
      return norm(product, "gain_" + which, "bias_" + which);
    }
    double[] bias = parameters.get("bias_" + which + suffix);
    Arrays.setAll(product, g -> product[g] + bias[g]);
    return product;
  }

  private double[] norm(double[] v, String gainName, String shiftName) {
    double mean = Arrays.stream(v).average().orElseThrow();
    double variance = Arrays.stream(v).map(e -> (e - mean) * (e - mean)).average().orElseThrow();
    double[] gain = parameters.get(gainName + suffix);
    double[] shift = parameters.get(shiftName + suffix);
    double[] out = new double[v.length];
    Arrays.setAll(out, k -> gain[k] * (v[k] - mean) / Math.sqrt(variance + EPSILON) + shift[k]);
    return out;
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }
}
