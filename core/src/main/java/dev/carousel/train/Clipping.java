package dev.carousel.train;

/**
 * How large gradients may be: first each value, then all of them together.
 *
 * @param value the largest magnitude of one value of an optimizer step's gradient, larger ones are
 *     cut off (Graves 2013); infinity for no limit
 * @param norm the largest global L2 norm, beyond which all values are scaled down together (Pascanu
 *     et al. 2013); infinity for no limit
 */
public record Clipping(double value, double norm) {
  /** No limits. */
  public static final Clipping NONE =
      new Clipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Checks the ranges. */
  public Clipping {
    if (!(norm > 0)) {
      throw new IllegalArgumentException("the clipping norm must be above 0, not " + norm);
    }
    if (!(value > 0)) {
      throw new IllegalArgumentException("the clipping value must be above 0, not " + value);
    }
  }

  /** A limit of the norm alone. */
  public static Clipping norm(double norm) {
    return new Clipping(Double.POSITIVE_INFINITY, norm);
  }

  boolean limitsValues() {
    return value < Double.POSITIVE_INFINITY;
  }
}
