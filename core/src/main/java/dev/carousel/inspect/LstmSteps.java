package dev.carousel.inspect;

/**
 * An LSTM, with or without a projection P:
 *
 * <pre>
 * c' = f ⊙ c + i ⊙ g     m = o ⊙ tanh(c')     h' = m, or P m
 * </pre>
 */
record LstmSteps(LaneWeights weights) implements CellSteps {
  @Override
  public double[][] forward(double[] x, State before) {
    int n = weights.units();
    double[] a = weights.ofInput(x);
    double[] u = weights.ofHidden(before.h());
    double[] i = new double[n];
    double[] f = new double[n];
    double[] g = new double[n];
    double[] o = new double[n];
    double[] c = new double[n];
    double[] m = new double[n];
    for (int j = 0; j < n; j++) {
      i[j] = CellSteps.logistic(a[j] + u[j]);
      f[j] = CellSteps.logistic(a[n + j] + u[n + j]);
      g[j] = Math.tanh(a[2 * n + j] + u[2 * n + j]);
      o[j] = CellSteps.logistic(a[3 * n + j] + u[3 * n + j]);
      c[j] = f[j] * before.c()[j] + i[j] * g[j];
      m[j] = o[j] * Math.tanh(c[j]);
    }
    return new double[][] {i, f, g, o, c, weights.project(m)};
  }

  @Override
  public State after(double[][] step) {
    return new State(step[5], step[4]);
  }

  @Override
  public Back backward(double[][] step, State before, State d) {
    int n = weights.units();
    double[] dm = weights.unproject(d.h());
    double[] da = new double[4 * n];
    double[] dc = new double[n];
    for (int j = 0; j < n; j++) {
      double i = step[0][j];
      double f = step[1][j];
      double g = step[2][j];
      double o = step[3][j];
      double t = Math.tanh(step[4][j]);
      double dcj = d.c()[j] + dm[j] * o * (1 - t * t);
      da[j] = dcj * g * i * (1 - i);
      da[n + j] = dcj * before.c()[j] * f * (1 - f);
      da[2 * n + j] = dcj * i * (1 - g * g);
      da[3 * n + j] = dm[j] * t * o * (1 - o);
      dc[j] = dcj * f;
    }
    return new Back(weights.toInput(da), new State(weights.toHidden(da, 0, 4 * n), dc));
  }
}
