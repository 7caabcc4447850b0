package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;

/**
 * A linear layer. Names of its results: {@code y}, {@code y without bias}, {@code dx}, {@code dw},
 * {@code dBias}.
 *
 * @param x [M, I]
 * @param w [O, I]
 * @param bias [O]
 * @param dy [M, O]
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record LinearOracle(double[] x, double[] w, double[] bias, double[] dy) {

  /** Every result. */
  public Outcome outcome() {
    int outputs = bias.length;
    int inputs = w.length / outputs;
    int rows = x.length / inputs;
    Outcome o = new Outcome();
    o.put("y", new double[rows * outputs]);
    o.put("y without bias", new double[rows * outputs]);
    o.put("dx", new double[x.length]);
    o.put("dw", new double[w.length]);
    o.put("dBias", new double[outputs]);
    for (int m = 0; m < rows; m++) {
      for (int k = 0; k < outputs; k++) {
        element(o, m * outputs + k, k, m * inputs, k * inputs, inputs);
      }
    }
    return o;
  }

  private void element(Outcome o, int at, int k, int row, int column, int inputs) {
    double sum = 0;
    for (int i = 0; i < inputs; i++) {
      sum += x[row + i] * w[column + i];
      o.get("dx")[row + i] += dy[at] * w[column + i];
      o.get("dw")[column + i] += dy[at] * x[row + i];
    }
    o.get("y without bias")[at] = sum;
    o.get("y")[at] = sum + bias[k];
    o.get("dBias")[k] += dy[at];
  }
}
