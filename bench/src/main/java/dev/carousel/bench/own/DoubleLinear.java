package dev.carousel.bench.own;

/** {@code y = W x + b} in double precision. */
final class DoubleLinear {
  private DoubleLinear() {}

  /**
   * A product.
   *
   * @param w [O, I]
   * @param bias [O], or of no element for none
   * @param x [I]
   * @return [O]
   */
  static double[] apply(float[] w, float[] bias, double[] x) {
    double[] y = new double[w.length / x.length];
    for (int o = 0; o < y.length; o++) {
      double sum = bias.length == 0 ? 0 : bias[o];
      for (int i = 0, at = o * x.length; i < x.length; i++, at++) {
        sum += w[at] * x[i];
      }
      y[o] = sum;
    }
    return y;
  }

  /** a · b. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** [a; b]. */
  static double[] join(double[] a, double[] b) {
    double[] both = new double[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
