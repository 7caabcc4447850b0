package dev.carousel.inspect;

/**
 * A GRU whose reset gate works after the product, with q = U_n h + b'_n:
 *
 * <pre>
 * n = tanh(W_n x + b_n + r ⊙ q)     h' = (1 − z) ⊙ n + z ⊙ h
 * </pre>
 */
record GruSteps(LaneWeights weights) implements CellSteps {
  private static final double[] NO_CELL = {};

  @Override
  public double[][] forward(double[] x, State before) {
    int n = weights.units();
    double[] a = weights.ofInput(x);
    double[] u = weights.ofHidden(before.h());
    double[] r = new double[n];
    double[] z = new double[n];
    double[] candidate = new double[n];
    double[] h = new double[n];
    for (int j = 0; j < n; j++) {
      r[j] = CellSteps.logistic(a[j] + u[j]);
      z[j] = CellSteps.logistic(a[n + j] + u[n + j]);
      candidate[j] = Math.tanh(a[2 * n + j] + r[j] * u[2 * n + j]);
      h[j] = (1 - z[j]) * candidate[j] + z[j] * before.h()[j];
    }
    return new double[][] {r, z, candidate, h};
  }

  @Override
  public Back backward(double[][] step, State before, State d) {
    int n = weights.units();
    double[] q = weights.ofHidden(before.h(), 2 * n, 3 * n);
    double[] ofInput = new double[3 * n];
    double[] ofHidden = new double[3 * n];
    double[] kept = new double[n];
    for (int j = 0; j < n; j++) {
      double r = step[0][j];
      double z = step[1][j];
      double candidate = step[2][j];
      double dh = d.h()[j];
      double dn = dh * (1 - z) * (1 - candidate * candidate);
      ofInput[j] = dn * q[2 * n + j] * r * (1 - r);
      ofInput[n + j] = dh * (before.h()[j] - candidate) * z * (1 - z);
      ofInput[2 * n + j] = dn;
      ofHidden[j] = ofInput[j];
      ofHidden[n + j] = ofInput[n + j];
      ofHidden[2 * n + j] = dn * r;
      kept[j] = dh * z;
    }
    double[] dh = weights.toHidden(ofHidden, 0, 3 * n);
    for (int j = 0; j < n; j++) {
      dh[j] += kept[j];
    }
    return new Back(weights.toInput(ofInput), new State(dh, NO_CELL));
  }
}
