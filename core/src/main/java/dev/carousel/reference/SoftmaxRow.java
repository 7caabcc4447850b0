package dev.carousel.reference;

import org.jspecify.annotations.Nullable;

/**
 * Softmax cross entropy of one row; see {@link dev.carousel.spi.SoftmaxLoss} for the formula.
 *
 * @param classes C
 * @param weights w, or null for ones
 * @param smoothing ε
 * @param allWeights Σ_c w_c
 * @param factor multiplies the gradient
 */
record SoftmaxRow(
    int classes, @Nullable Reals weights, double smoothing, double allWeights, double factor)
    implements ClassRow {
  @Override
  public double differentiate(double[] z, int gold) {
    double first = z[gold];
    double smooth = smoothing / classes;
    double weighted = 0;
    if (smooth > 0) {
      for (int c = 0; c < classes; c++) {
        weighted += ReferenceLoss.weight(weights, c) * z[c];
      }
    }
    double logSum = normalize(z, classes);
    double direct = (1 - smoothing) * ReferenceLoss.weight(weights, gold);
    double loss = direct * (logSum - first) + smooth * (allWeights * logSum - weighted);
    for (int c = 0; c < classes; c++) {
      double d = z[c] * (direct + smooth * allWeights);
      if (smooth > 0) {
        d -= smooth * ReferenceLoss.weight(weights, c);
      }
      z[c] = factor * d;
    }
    z[gold] -= factor * direct;
    return loss;
  }

  /** Replaces the first {@code n} logits by their softmax; returns log Σ e^z. */
  static double normalize(double[] z, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < n; c++) {
      max = Math.max(max, z[c]);
    }
    double sum = 0;
    for (int c = 0; c < n; c++) {
      z[c] = Math.exp(z[c] - max);
      sum += z[c];
    }
    for (int c = 0; c < n; c++) {
      z[c] /= sum;
    }
    return max + Math.log(sum);
  }
}
