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
  public Matrix hiddenInput(LaneState s, Matrix previous, int gate) {
    return gate == 2 ? s.kept() : previous;
  }

  @Override
  public void forward(LaneWeights w, StepState s) {
    gemm.add(s.before(), w.hiddenTransposedFirst, s.firstGates());
    for (int row = 0; row < s.gates().rows(); row++) {
      reset(s, row);
    }
    gemm.add(s.kept(), w.hiddenTransposedLast, s.lastGate());
    for (int row = 0; row < s.gates().rows(); row++) {
      mix(s, row);
    }
  }

  private void reset(StepState s, int row) {
    double[] a = s.gates().array();
    int at = s.gates().row(row);
    int h = s.before().row(row);
    int out = s.kept().row(row);
    for (int j = 0; j < units; j++) {
      a[at + j] = CellMath.sigmoid(a[at + j]);
      a[at + units + j] = CellMath.sigmoid(a[at + units + j]);
      s.kept().array()[out + j] = a[at + j] * s.before().array()[h + j];
    }
  }

  private void mix(StepState s, int row) {
    double[] a = s.gates().array();
    double[] h = s.before().array();
    int at = s.gates().row(row);
    int before = s.before().row(row);
    int after = s.after().row(row);
    for (int j = 0; j < units; j++) {
      double z = a[at + units + j];
      double n = Math.tanh(a[at + 2 * units + j]);
      a[at + 2 * units + j] = n;
      h[after + j] = (1 - z) * n + z * h[before + j];
    }
  }

  @Override
  public void backward(LaneWeights w, StepState s, StepGradient g) {
    for (int row = 0; row < g.dh().rows(); row++) {
      differentiateMix(s, g, row);
    }
    Matrix dReset = g.temporary();
    dReset.fill(0);
    gemm.add(g.lastGate(), w.hiddenLast, dReset);
    for (int row = 0; row < g.dh().rows(); row++) {
      differentiateReset(s, g, dReset, row);
    }
    gemm.add(g.firstGates(), w.hiddenFirst, g.dh());
  }

  /** Leaves in dh only what flows past the gates, dh' ⊙ z. */
  private void differentiateMix(StepState s, StepGradient g, int row) {
    double[] a = s.gates().array();
    double[] da = g.gates().array();
    double[] dh = g.dh().array();
    int at = s.gates().row(row);
    int to = g.gates().row(row);
    int h = s.before().row(row);
    int carry = g.dh().row(row);
    for (int j = 0; j < units; j++) {
      double z = a[at + units + j];
      double n = a[at + 2 * units + j];
      double d = dh[carry + j];
      da[to + units + j] = d * (s.before().array()[h + j] - n) * z * (1 - z);
      da[to + 2 * units + j] = d * (1 - z) * (1 - n * n);
      dh[carry + j] = d * z;
    }
  }

  private void differentiateReset(StepState s, StepGradient g, Matrix dReset, int row) {
    double[] da = g.gates().array();
    double[] dh = g.dh().array();
    int at = s.gates().row(row);
    int to = g.gates().row(row);
    int h = s.before().row(row);
    int in = dReset.row(row);
    int carry = g.dh().row(row);
    for (int j = 0; j < units; j++) {
      double r = s.gates().array()[at + j];
      double d = dReset.array()[in + j];
      da[to + j] = d * s.before().array()[h + j] * r * (1 - r);
      dh[carry + j] += d * r;
    }
  }
}
