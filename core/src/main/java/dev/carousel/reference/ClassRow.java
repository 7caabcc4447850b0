package dev.carousel.reference;

/** The loss of one row of class scores. */
@FunctionalInterface
interface ClassRow {
  /** Returns the loss of the logits {@code z} and overwrites them with its gradient. */
  double differentiate(double[] z, int gold);
}
