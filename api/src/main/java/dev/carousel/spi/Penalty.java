package dev.carousel.spi;

/**
 * What an error e, prediction minus target, costs.
 *
 * @param kind the shape
 * @param delta δ of {@link Kind#HUBER}, above 0; 0 for the others
 */
public record Penalty(Kind kind, double delta) {
  /** The shapes, as PyTorch's losses of these names have them. */
  public enum Kind {
    /** {@code e²}. */
    SQUARED,
    /** {@code |e|}; its slope at 0 is 0. */
    ABSOLUTE,
    /** {@code e²/2} up to |e| = δ, then {@code δ (|e| − δ/2)} (Huber 1964). */
    HUBER
  }

  /** Mean squared error. */
  public static final Penalty SQUARED = new Penalty(Kind.SQUARED, 0);

  /** Mean absolute error. */
  public static final Penalty ABSOLUTE = new Penalty(Kind.ABSOLUTE, 0);

  /** Huber's, quadratic up to {@code delta}. */
  public static Penalty huber(double delta) {
    return new Penalty(Kind.HUBER, delta);
  }

  /** Checks the range of δ. */
  public Penalty {
    boolean right = kind == Kind.HUBER ? delta > 0 && delta < Double.POSITIVE_INFINITY : delta == 0;
    if (!right) {
      throw new IllegalArgumentException(
          "delta must be above 0 for HUBER and 0 for the others, not %s for %s"
              .formatted(delta, kind));
    }
  }
}
