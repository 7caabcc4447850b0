package dev.carousel.train;

/** Which way a metric gets better. */
public enum Goal {
  /** Losses, perplexity. */
  MINIMIZE,
  /** Accuracy, F1, BLEU. */
  MAXIMIZE;

  /** The value that every finite metric improves on: +∞ or −∞. */
  public double worst() {
    return this == MINIMIZE ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /**
   * Whether {@code metric} is better than {@code best} by more than {@code margin}; NaN never is.
   */
  public boolean improves(double metric, double best, double margin) {
    return this == MINIMIZE ? metric < best - margin : metric > best + margin;
  }
}
