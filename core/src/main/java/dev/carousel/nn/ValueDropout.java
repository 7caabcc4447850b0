package dev.carousel.nn;

import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Var;

/**
 * Dropout of the values that pass between layers.
 *
 * @param kind which units share a fate
 * @param rate 0 to below 1
 */
public record ValueDropout(Kind kind, double rate) {
  /** Nothing is dropped. */
  public static final ValueDropout NONE = new ValueDropout(Kind.UNIT, 0);

  /** Which units share a fate. */
  public enum Kind {
    /** None: every unit of every step is drawn alone (Zaremba et al. 2014). */
    UNIT,
    /** Those of all steps: the mask is locked over a window (Gal and Ghahramani 2016). */
    LOCKED
  }

  /** Checks the range. */
  public ValueDropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("a dropout rate must be 0 to below 1, not " + rate);
    }
  }

  /** Drops units of x [T, N, C]. */
  public Var apply(Ops ops, Var x) {
    return kind == Kind.LOCKED ? ops.lockedDropout(x, rate) : ops.dropout(x, rate);
  }
}
