package dev.carousel.inspect;

/**
 * A GRU whose reset gate works before the product:
 *
 * <pre>
 * n = tanh(W_n x + b_n + U_n (r ⊙ h) + b'_n)     h' = (1 − z) ⊙ n + z ⊙ h
 * </pre>
 */
record ResetBeforeGruSteps(LaneWeights weights) implements CellSteps {
  private static final double[] NO_CELL = {};

  @Override
  public double[][] forward(double[] x, State before) {
    int n = weights.units();
    double[] a = weights.ofInput(x);
    double[] u = weights.ofHidden(before.h(), 0, 2 * n);
    double[] r = new double[n];
    double[] z = new double[n];
    double[] reset = new double[n];
    for (int j = 0; j < n; j++) {
      r[j] = CellSteps.logistic(a[j] + u[j]);
      z[j] = CellSteps.logistic(a[n + j] + u[n + j]);
      reset[j] = r[j] * before.h()[j];
    }
    double[] q = weights.ofHidden(reset, 2 * n, 3 * n);
    double[] candidate = new double[n];
    double[] h = new double[n];
    for (int j = 0; j < n; j++) {
      candidate[j] = Math.tanh(a[2 * n + j] + q[2 * n + j]);
      h[j] = (1 - z[j]) * candidate[j] + z[j] * before.h()[j];
    }
    return new double[][] {r, z, candidate, h};
  }

  @Override
  public Back backward(double[][] step, State before, State d) {
    int n = weights.units();
    double[] da = new double[3 * n];
    for (int j = 0; j < n; j++) {
      double z = step[1][j];
      double candidate = step[2][j];
      da[n + j] = d.h()[j] * (before.h()[j] - candidate) * z * (1 - z);
      da[2 * n + j] = d.h()[j] * (1 - z) * (1 - candidate * candidate);
    }
    double[] ofReset = weights.toHidden(da, 2 * n, 3 * n);
    for (int j = 0; j < n; j++) {
      double r = step[0][j];
      da[j] = ofReset[j] * before.h()[j] * r * (1 - r);
    }
    double[] dh = weights.toHidden(da, 0, 2 * n);
    for (int j = 0; j < n; j++) {
      dh[j] += d.h()[j] * step[1][j] + ofReset[j] * step[0][j];
    }
    return new Back(weights.toInput(da), new State(dh, NO_CELL));
  }
}
