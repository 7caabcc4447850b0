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
  public void forward(LaneWeights w, StepState s) {
    gemm.add(s.before(), w.hiddenTransposed, s.gates());
    Matrix m = projected > 0 ? s.kept() : s.after();
    for (int row = 0; row < m.rows(); row++) {
      activate(s, m, row);
    }
    if (projected > 0) {
      s.after().fill(0);
      gemm.add(m, w.projectionTransposed, s.after());
    }
  }

  private void activate(StepState s, Matrix m, int row) {
    double[] a = s.gates().array();
    double[] c = s.cellAfter().array();
    int at = s.gates().row(row);
    int before = s.cellBefore().row(row);
    int after = s.cellAfter().row(row);
    int out = m.row(row);
    for (int j = 0; j < units; j++) {
      double i = CellMath.sigmoid(a[at + j]);
      double f = CellMath.sigmoid(a[at + units + j]);
      double g = Math.tanh(a[at + 2 * units + j]);
      double o = CellMath.sigmoid(a[at + 3 * units + j]);
      a[at + j] = i;
      a[at + units + j] = f;
      a[at + 2 * units + j] = g;
      a[at + 3 * units + j] = o;
      c[after + j] = f * c[before + j] + i * g;
      m.array()[out + j] = o * Math.tanh(c[after + j]);
    }
  }

  @Override
  public void backward(LaneWeights w, StepState s, StepGradient g) {
    Matrix dm = g.dh();
    if (projected > 0) {
      for (int row = 0; row < dm.rows(); row++) {
        System.arraycopy(
            g.dh().array(), g.dh().row(row), g.kept().array(), g.kept().row(row), projected);
      }
      dm = g.temporary();
      dm.fill(0);
      gemm.add(g.dh(), w.projection, dm);
    }
    for (int row = 0; row < dm.rows(); row++) {
      differentiate(s, g, dm, row);
    }
    g.dh().fill(0);
    gemm.add(g.gates(), w.hidden, g.dh());
  }

  private void differentiate(StepState s, StepGradient grad, Matrix dm, int row) {
    double[] a = s.gates().array();
    double[] da = grad.gates().array();
    double[] c = s.cellAfter().array();
    double[] dc = grad.dc().array();
    int at = s.gates().row(row);
    int to = grad.gates().row(row);
    int before = s.cellBefore().row(row);
    int after = s.cellAfter().row(row);
    int carry = grad.dc().row(row);
    int in = dm.row(row);
    for (int j = 0; j < units; j++) {
      double i = a[at + j];
      double f = a[at + units + j];
      double g = a[at + 2 * units + j];
      double o = a[at + 3 * units + j];
      double t = Math.tanh(c[after + j]);
      double d = dm.array()[in + j];
      double dcj = dc[carry + j] + d * o * (1 - t * t);
      da[to + j] = dcj * g * i * (1 - i);
      da[to + units + j] = dcj * c[before + j] * f * (1 - f);
      da[to + 2 * units + j] = dcj * i * (1 - g * g);
      da[to + 3 * units + j] = d * t * o * (1 - o);
      dc[carry + j] = dcj * f;
    }
  }
}
