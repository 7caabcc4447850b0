package dev.carousel.reference;

import dev.carousel.rnn.Cell;

/** Elman network, one gate: {@code h' = f(W x + b + U h + b')} with f the tanh or max(0, ·). */
record ElmanCell(Cell cell, Gemm gemm) implements CellMath {
  @Override
  public int keptWidth() {
    return 0;
  }

  @Override
  public int gradientWidth() {
    return 0;
  }

  @Override
  public Matrix hiddenGradient(LaneGradient g, int gate) {
    return g.dGates();
  }

  @Override
  public void forward(LaneWeights w, LaneState s, Step step) {
    int n = step.count();
    Matrix gates = s.gates().rows(step.token(), n);
    gemm.add(s.h().rows(step.previous(), n), w.hiddenTransposed, gates);
    for (int r = 0; r < n; r++) {
      int at = gates.row(r);
      int out = s.h().row(step.state() + r);
      for (int j = 0; j < gates.cols(); j++) {
        double x = gates.array()[at + j];
        s.h().array()[out + j] = cell == Cell.RNN_TANH ? Math.tanh(x) : Math.max(0, x);
      }
    }
  }

  @Override
  public void backward(LaneWeights w, LaneState s, LaneGradient g, Step step) {
    int n = step.count();
    Matrix dh = g.dh().rows(0, n);
    Matrix dGates = g.dGates().rows(step.token(), n);
    for (int r = 0; r < n; r++) {
      int value = s.h().row(step.state() + r);
      for (int j = 0; j < dh.cols(); j++) {
        dGates.array()[dGates.row(r) + j] =
            dh.array()[dh.row(r) + j] * slope(s.h().array()[value + j]);
      }
    }
    dh.fill(0);
    gemm.add(dGates, w.hidden, dh);
  }

  /** The derivative as a function of the value. */
  private double slope(double h) {
    if (cell == Cell.RNN_TANH) {
      return 1 - h * h;
    }
    return h > 0 ? 1 : 0;
  }
}
