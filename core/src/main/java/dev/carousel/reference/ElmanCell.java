package dev.carousel.reference;

import dev.carousel.rnn.Cell;

/** Elman network, one gate: {@code h' = f(W x + b + U h + b')} with f the tanh or max(0, ·). */
record ElmanCell(int units, Cell cell, Gemm gemm) implements CellMath {
  @Override
  public int keptWidth() {
    return 0;
  }

  @Override
  public int gradientWidth() {
    return 0;
  }

  @Override
  public void forward(LaneWeights w, StepState s) {
    gemm.add(s.before(), w.hiddenTransposed, s.gates());
    for (int row = 0; row < s.gates().rows(); row++) {
      int at = s.gates().row(row);
      int out = s.after().row(row);
      for (int j = 0; j < units; j++) {
        double x = s.gates().array()[at + j];
        s.after().array()[out + j] = cell == Cell.RNN_TANH ? Math.tanh(x) : Math.max(0, x);
      }
    }
  }

  @Override
  public void backward(LaneWeights w, StepState s, StepGradient g) {
    Matrix dh = g.dh();
    for (int row = 0; row < dh.rows(); row++) {
      int value = s.after().row(row);
      int to = g.gates().row(row);
      int in = dh.row(row);
      for (int j = 0; j < units; j++) {
        g.gates().array()[to + j] = dh.array()[in + j] * slope(s.after().array()[value + j]);
      }
    }
    dh.fill(0);
    gemm.add(g.gates(), w.hidden, dh);
  }

  /** The derivative as a function of the value. */
  private double slope(double h) {
    if (cell == Cell.RNN_TANH) {
      return 1 - h * h;
    }
    return h > 0 ? 1 : 0;
  }
}
