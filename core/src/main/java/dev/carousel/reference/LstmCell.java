package dev.carousel.reference;

/**
 * LSTM, gates i, f, g, o, with or without a projection P:
 *
 * <pre>
 * c' = f ⊙ c + i ⊙ g     m = o ⊙ tanh(c')     h' = m, or P m
 * </pre>
 *
 * <p>Kept with a projection: m forward, dh' backward.
 */
record LstmCell(int units, int projected, Gemm gemm) implements CellMath {
  @Override
  public int keptWidth() {
    return projected > 0 ? units : 0;
  }

  @Override
  public int gradientWidth() {
    return projected;
  }

  @Override
  public Matrix hiddenGradient(LaneGradient g, int gate) {
    return g.dGates().cols(gate * units, units);
  }

  @Override
  public void forward(LaneWeights w, LaneState s, Step step) {
    int n = step.count();
    Matrix gates = s.gates().rows(step.token(), n);
    gemm.add(s.h().rows(step.previous(), n), w.hiddenTransposed, gates);
    Matrix h = s.h().rows(step.state(), n);
    Matrix m = projected > 0 ? s.kept().rows(step.token(), n) : h;
    for (int r = 0; r < n; r++) {
      activate(gates, s.c(), step, m, r);
    }
    if (projected > 0) {
      h.fill(0);
      gemm.add(m, w.projectionTransposed, h);
    }
  }

  private void activate(Matrix gates, Matrix c, Step step, Matrix m, int r) {
    double[] a = gates.array();
    double[] cs = c.array();
    int at = gates.row(r);
    int before = c.row(step.previous() + r);
    int after = c.row(step.state() + r);
    int out = m.row(r);
    for (int j = 0; j < units; j++) {
      double i = CellMath.sigmoid(a[at + j]);
      double f = CellMath.sigmoid(a[at + units + j]);
      double g = Math.tanh(a[at + 2 * units + j]);
      double o = CellMath.sigmoid(a[at + 3 * units + j]);
      a[at + j] = i;
      a[at + units + j] = f;
      a[at + 2 * units + j] = g;
      a[at + 3 * units + j] = o;
      cs[after + j] = f * cs[before + j] + i * g;
      m.array()[out + j] = o * Math.tanh(cs[after + j]);
    }
  }

  @Override
  public void backward(LaneWeights w, LaneState s, LaneGradient g, Step step) {
    int n = step.count();
    Matrix dh = g.dh().rows(0, n);
    Matrix dm = dh;
    if (projected > 0) {
      for (int r = 0; r < n; r++) {
        int kept = g.kept().row(step.token() + r);
        System.arraycopy(dh.array(), dh.row(r), g.kept().array(), kept, projected);
      }
      dm = g.temporary().rows(0, n);
      dm.fill(0);
      gemm.add(dh, w.projection, dm);
    }
    for (int r = 0; r < n; r++) {
      differentiate(s, g, step, dm, r);
    }
    dh.fill(0);
    gemm.add(g.dGates().rows(step.token(), n), w.hidden, dh);
  }

  private void differentiate(LaneState s, LaneGradient grad, Step step, Matrix dm, int r) {
    double[] a = s.gates().array();
    double[] da = grad.dGates().array();
    double[] cs = s.c().array();
    double[] dc = grad.dc().array();
    int at = s.gates().row(step.token() + r);
    int to = grad.dGates().row(step.token() + r);
    int before = s.c().row(step.previous() + r);
    int after = s.c().row(step.state() + r);
    int carry = grad.dc().row(r);
    for (int j = 0; j < units; j++) {
      double i = a[at + j];
      double f = a[at + units + j];
      double g = a[at + 2 * units + j];
      double o = a[at + 3 * units + j];
      double t = Math.tanh(cs[after + j]);
      double d = dm.array()[dm.row(r) + j];
      double dcj = dc[carry + j] + d * o * (1 - t * t);
      da[to + j] = dcj * g * i * (1 - i);
      da[to + units + j] = dcj * cs[before + j] * f * (1 - f);
      da[to + 2 * units + j] = dcj * i * (1 - g * g);
      da[to + 3 * units + j] = d * t * o * (1 - o);
      dc[carry + j] = dcj * f;
    }
  }
}
