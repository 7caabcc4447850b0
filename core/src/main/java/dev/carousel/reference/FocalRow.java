package dev.carousel.reference;

import org.jspecify.annotations.Nullable;

/**
 * The focal loss of one row of class scores; see {@link dev.carousel.spi.LossKernels#focalSoftmax}.
 * With q = 1 − p_g, its gradient is {@code w_g q^γ (1 − γ p_g log p_g / q) (p − e_g)}.
 *
 * @param classes C
 * @param weights w, or null for ones
 * @param focus γ
 * @param factor multiplies the gradient
 */
record FocalRow(int classes, @Nullable Reals weights, double focus, double factor)
    implements ClassRow {
  @Override
  public double differentiate(double[] z, int gold) {
    double own = z[gold];
    double logP = Math.min(0, own - SoftmaxRow.normalize(z, classes));
    double p = Math.exp(logP);
    double q = -Math.expm1(logP);
    double weight = ReferenceLoss.weight(weights, gold) * Math.pow(q, focus);
    // log p / q tends to -1 where q vanishes
    double ratio = q == 0 ? -1 : logP / q;
    double slope = factor * weight * (1 - focus * p * ratio);
    for (int c = 0; c < classes; c++) {
      z[c] *= slope;
    }
    z[gold] -= slope;
    return -weight * logP;
  }
}
