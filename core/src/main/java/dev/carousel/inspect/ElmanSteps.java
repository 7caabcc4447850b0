package dev.carousel.inspect;

import dev.carousel.rnn.Cell;

/** A plain network: {@code h' = φ(W x + b + U h + b')}, φ being tanh or max(0, ·). */
record ElmanSteps(LaneWeights weights, Cell cell) implements CellSteps {
  private static final double[] NO_CELL = {};

  @Override
  public double[][] forward(double[] x, State before) {
    double[] a = weights.ofInput(x);
    double[] u = weights.ofHidden(before.h());
    for (int j = 0; j < a.length; j++) {
      double sum = a[j] + u[j];
      a[j] = cell == Cell.RNN_TANH ? Math.tanh(sum) : Math.max(0, sum);
    }
    return new double[][] {a};
  }

  @Override
  public Back backward(double[][] step, State before, State d) {
    double[] da = d.h().clone();
    for (int j = 0; j < da.length; j++) {
      double h = step[0][j];
      if (cell == Cell.RNN_TANH) {
        da[j] *= 1 - h * h;
      } else if (h <= 0) {
        da[j] = 0;
      }
    }
    return new Back(weights.toInput(da), new State(weights.toHidden(da, 0, da.length), NO_CELL));
  }
}
