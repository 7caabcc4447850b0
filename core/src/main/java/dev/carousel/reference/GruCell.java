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
    return gate == 2 ? g.kept() : g.dGates().cols(gate * units, units);
  }

  @Override
  public void forward(LaneWeights w, LaneState s, Step step) {
    int n = step.count();
    Matrix h = s.h().rows(step.previous(), n);
    Matrix gates = s.gates().rows(step.token(), n);
    Matrix q = s.kept().rows(step.token(), n);
    gemm.add(h, w.hiddenTransposed.cols(0, 2 * units), gates.cols(0, 2 * units));
    q.fillRows(w.hiddenBias, 2 * units);
    gemm.add(h, w.hiddenTransposed.cols(2 * units, units), q);
    Matrix next = s.h().rows(step.state(), n);
    for (int row = 0; row < n; row++) {
      activate(gates, q, h, next, row);
    }
  }

  private void activate(Matrix gates, Matrix q, Matrix h, Matrix next, int row) {
    double[] a = gates.array();
    int at = gates.row(row);
    for (int j = 0; j < units; j++) {
      double r = CellMath.sigmoid(a[at + j]);
      double z = CellMath.sigmoid(a[at + units + j]);
      double n = Math.tanh(a[at + 2 * units + j] + r * q.array()[q.row(row) + j]);
      a[at + j] = r;
      a[at + units + j] = z;
      a[at + 2 * units + j] = n;
      next.array()[next.row(row) + j] = (1 - z) * n + z * h.array()[h.row(row) + j];
    }
  }

  @Override
  public void backward(LaneWeights w, LaneState s, LaneGradient g, Step step) {
    int n = step.count();
    for (int row = 0; row < n; row++) {
      differentiate(s, g, step, row);
    }
    Matrix dh = g.dh().rows(0, n);
    Matrix dGates = g.dGates().rows(step.token(), n);
    gemm.add(dGates.cols(0, 2 * units), w.hidden.rows(0, 2 * units), dh);
    gemm.add(g.kept().rows(step.token(), n), w.hidden.rows(2 * units, units), dh);
  }

  /** Leaves in dh only what flows past the gates, dh' ⊙ z. */
  private void differentiate(LaneState s, LaneGradient g, Step step, int row) {
    double[] a = s.gates().array();
    double[] da = g.dGates().array();
    double[] dh = g.dh().array();
    int at = s.gates().row(step.token() + row);
    int to = g.dGates().row(step.token() + row);
    int kept = s.kept().row(step.token() + row);
    int dq = g.kept().row(step.token() + row);
    int h = s.h().row(step.previous() + row);
    int carry = g.dh().row(row);
    for (int j = 0; j < units; j++) {
      double r = a[at + j];
      double z = a[at + units + j];
      double n = a[at + 2 * units + j];
      double d = dh[carry + j];
      double dn = d * (1 - z) * (1 - n * n);
      da[to + j] = dn * s.kept().array()[kept + j] * r * (1 - r);
      da[to + units + j] = d * (s.h().array()[h + j] - n) * z * (1 - z);
      da[to + 2 * units + j] = dn;
      g.kept().array()[dq + j] = dn * r;
      dh[carry + j] = d * z;
    }
  }
}
