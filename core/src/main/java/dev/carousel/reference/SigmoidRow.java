package dev.carousel.reference;

import org.jspecify.annotations.Nullable;

/**
 * Logistic loss of one row at a time; see {@link dev.carousel.spi.SigmoidLoss} for the formula.
 *
 * @param labels C
 * @param logits in
 * @param targets in
 * @param weights of the positive class, or null for ones
 * @param gradient written, or null; may be the logits
 * @param focus γ of a focal loss, 0 for a plain one
 * @param factor multiplies the gradient
 */
record SigmoidRow(
    int labels,
    Reals logits,
    Reals targets,
    @Nullable Reals weights,
    @Nullable Reals gradient,
    double focus,
    double factor) {
  /** Whether row {@code r} counts. */
  boolean counts(int r) {
    return labels > 0 && targets.get(r * labels) >= 0;
  }

  /** Returns the loss of row {@code r} and writes its gradient. */
  double differentiate(int r) {
    boolean counts = counts(r);
    double loss = 0;
    for (int c = 0; c < labels; c++) {
      int i = r * labels + c;
      double x = logits.get(i);
      double t = counts ? target(i, r) : 0;
      double positive = counts ? ReferenceLoss.weight(weights, c) * t : 0;
      double negative = counts ? 1 - t : 0;
      loss += focus == 0 ? plain(i, x, positive, negative) : focal(i, x, positive, negative);
    }
    return loss;
  }

  private double plain(int i, double x, double positive, double negative) {
    if (gradient != null) {
      double p = CellMath.sigmoid(x);
      gradient.set(i, factor * (negative * p - positive * (1 - p)));
    }
    return positive * softplus(-x) + negative * softplus(x);
  }

  /** With L = −q^γ log p for p = σ(x), q = 1 − p: dL/dx = q^γ (γ p log p − q). */
  private double focal(int i, double x, double positive, double negative) {
    double p = CellMath.sigmoid(x);
    double q = CellMath.sigmoid(-x);
    double ofPositive = positive * Math.pow(q, focus);
    double ofNegative = negative * Math.pow(p, focus);
    if (gradient != null) {
      double up = ofNegative * (p + focus * q * softplus(x));
      double down = ofPositive * (q + focus * p * softplus(-x));
      gradient.set(i, factor * (up - down));
    }
    return ofPositive * softplus(-x) + ofNegative * softplus(x);
  }

  private double target(int i, int row) {
    double t = targets.get(i);
    if (!(t >= 0 && t <= 1)) {
      throw new IllegalArgumentException(
          "targets must be 0 to 1, not %s as in row %d".formatted(t, row));
    }
    return t;
  }

  /** log(1 + e^x). */
  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
