package dev.carousel.reference;

/**
 * GRU with the reset after the product, gates r, z, n:
 *
 * <pre>
 * q = U_n h + b'_n     n = tanh(W_n x + b_n + r ⊙ q)     h' = (1 − z) ⊙ n + z ⊙ h
 * </pre>
 *
 * <p>Kept: q forward, dq backward.
 */
record GruCell(int units, Gemm gemm) implements CellMath {
  @Override
  public int keptWidth() {
    return units;
  }

  @Override
  public int gradientWidth() {
    return units;
  }

  @Override
  public boolean splitsLastBias() {
    return true;
  }

  @Override
  public Matrix hiddenGradient(LaneGradient g, int gate) {
    return gate == 2 ? g.kept() : g.dGates();
  }

  @Override
  public int hiddenGradientColumn(int gate) {
    return gate == 2 ? 0 : gate * units;
  }

  @Override
  public void forward(LaneWeights w, StepState s) {
    gemm.add(s.before(), w.hiddenTransposedFirst, s.firstGates());
    s.kept().fillRows(w.hiddenBias, 2 * units);
    gemm.add(s.before(), w.hiddenTransposedLast, s.kept());
    for (int row = 0; row < s.gates().rows(); row++) {
      activate(s, row);
    }
  }

  private void activate(StepState s, int row) {
    double[] a = s.gates().array();
    double[] h = s.before().array();
    int at = s.gates().row(row);
    int q = s.kept().row(row);
    int before = s.before().row(row);
    int after = s.after().row(row);
    for (int j = 0; j < units; j++) {
      double r = CellMath.sigmoid(a[at + j]);
      double z = CellMath.sigmoid(a[at + units + j]);
      double n = Math.tanh(a[at + 2 * units + j] + r * s.kept().array()[q + j]);
      a[at + j] = r;
      a[at + units + j] = z;
      a[at + 2 * units + j] = n;
      h[after + j] = (1 - z) * n + z * h[before + j];
    }
  }

  @Override
  public void backward(LaneWeights w, StepState s, StepGradient g) {
    for (int row = 0; row < g.dh().rows(); row++) {
      differentiate(s, g, row);
    }
    gemm.add(g.firstGates(), w.hiddenFirst, g.dh());
    gemm.add(g.kept(), w.hiddenLast, g.dh());
  }

  /** Leaves in dh only what flows past the gates, dh' ⊙ z. */
  private void differentiate(StepState s, StepGradient g, int row) {
    double[] a = s.gates().array();
    double[] da = g.gates().array();
    double[] dh = g.dh().array();
    int at = s.gates().row(row);
    int to = g.gates().row(row);
    int q = s.kept().row(row);
    int dq = g.kept().row(row);
    int h = s.before().row(row);
    int carry = g.dh().row(row);
    for (int j = 0; j < units; j++) {
      double r = a[at + j];
      double z = a[at + units + j];
      double n = a[at + 2 * units + j];
      double d = dh[carry + j];
      double dn = d * (1 - z) * (1 - n * n);
      da[to + j] = dn * s.kept().array()[q + j] * r * (1 - r);
      da[to + units + j] = d * (s.before().array()[h + j] - n) * z * (1 - z);
      da[to + 2 * units + j] = dn;
      g.kept().array()[dq + j] = dn * r;
      dh[carry + j] = d * z;
    }
  }
}
