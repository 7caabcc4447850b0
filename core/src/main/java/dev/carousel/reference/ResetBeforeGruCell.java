package dev.carousel.reference;

/**
 * GRU with the reset before the product, gates r, z, n:
 *
 * <pre>
 * n = tanh(W_n x + b_n + U_n (r ⊙ h) + b'_n)     h' = (1 − z) ⊙ n + z ⊙ h
 * </pre>
 *
 * <p>Kept: r ⊙ h forward.
 */
record ResetBeforeGruCell(int units, Gemm gemm) implements CellMath {
  @Override
  public int keptWidth() {
    return units;
  }

  @Override
  public int gradientWidth() {
    return 0;
  }

  @Override
  public Matrix hiddenGradient(LaneGradient g, int gate) {
    return g.dGates().cols(gate * units, units);
  }

  @Override
  public Matrix hiddenInput(LaneState s, Matrix previous, int gate) {
    return gate == 2 ? s.kept() : previous;
  }

  @Override
  public void forward(LaneWeights w, LaneState s, Step step) {
    int n = step.count();
    Matrix h = s.h().rows(step.previous(), n);
    Matrix gates = s.gates().rows(step.token(), n);
    Matrix reset = s.kept().rows(step.token(), n);
    gemm.add(h, w.hiddenTransposed.cols(0, 2 * units), gates.cols(0, 2 * units));
    for (int row = 0; row < n; row++) {
      open(gates, h, reset, row);
    }
    gemm.add(reset, w.hiddenTransposed.cols(2 * units, units), gates.cols(2 * units, units));
    Matrix next = s.h().rows(step.state(), n);
    for (int row = 0; row < n; row++) {
      mix(gates, h, next, row);
    }
  }

  private void open(Matrix gates, Matrix h, Matrix reset, int row) {
    double[] a = gates.array();
    int at = gates.row(row);
    for (int j = 0; j < units; j++) {
      a[at + j] = CellMath.sigmoid(a[at + j]);
      a[at + units + j] = CellMath.sigmoid(a[at + units + j]);
      reset.array()[reset.row(row) + j] = a[at + j] * h.array()[h.row(row) + j];
    }
  }

  private void mix(Matrix gates, Matrix h, Matrix next, int row) {
    double[] a = gates.array();
    int at = gates.row(row);
    for (int j = 0; j < units; j++) {
      double z = a[at + units + j];
      double n = Math.tanh(a[at + 2 * units + j]);
      a[at + 2 * units + j] = n;
      next.array()[next.row(row) + j] = (1 - z) * n + z * h.array()[h.row(row) + j];
    }
  }

  @Override
  public void backward(LaneWeights w, LaneState s, LaneGradient g, Step step) {
    int n = step.count();
    Matrix h = s.h().rows(step.previous(), n);
    Matrix gates = s.gates().rows(step.token(), n);
    Matrix dGates = g.dGates().rows(step.token(), n);
    Matrix dh = g.dh().rows(0, n);
    for (int row = 0; row < n; row++) {
      differentiateMix(gates, dGates, h, dh, row);
    }
    Matrix dReset = g.temporary().rows(0, n);
    dReset.fill(0);
    gemm.add(dGates.cols(2 * units, units), w.hidden.rows(2 * units, units), dReset);
    for (int row = 0; row < n; row++) {
      differentiateReset(gates, dGates, h, new Flow(dReset, dh), row);
    }
    gemm.add(dGates.cols(0, 2 * units), w.hidden.rows(0, 2 * units), dh);
  }

  /** The gradients of r ⊙ h and of h. */
  private record Flow(Matrix dReset, Matrix dh) {}

  /** Leaves in dh only what flows past the gates, dh' ⊙ z. */
  private void differentiateMix(Matrix gates, Matrix dGates, Matrix h, Matrix dh, int row) {
    double[] a = gates.array();
    double[] da = dGates.array();
    int at = gates.row(row);
    int to = dGates.row(row);
    int carry = dh.row(row);
    for (int j = 0; j < units; j++) {
      double z = a[at + units + j];
      double n = a[at + 2 * units + j];
      double d = dh.array()[carry + j];
      da[to + units + j] = d * (h.array()[h.row(row) + j] - n) * z * (1 - z);
      da[to + 2 * units + j] = d * (1 - z) * (1 - n * n);
      dh.array()[carry + j] = d * z;
    }
  }

  private void differentiateReset(Matrix gates, Matrix dGates, Matrix h, Flow flow, int row) {
    double[] dh = flow.dh.array();
    int at = gates.row(row);
    int to = dGates.row(row);
    int carry = flow.dh.row(row);
    for (int j = 0; j < units; j++) {
      double r = gates.array()[at + j];
      double d = flow.dReset.array()[flow.dReset.row(row) + j];
      dGates.array()[to + j] = d * h.array()[h.row(row) + j] * r * (1 - r);
      dh[carry + j] += d * r;
    }
  }
}
