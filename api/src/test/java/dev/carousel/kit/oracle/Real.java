package dev.carousel.kit.oracle;

/**
 * A double that remembers how it was computed. Formulas are written once, forwards; {@link
 * Derivation#backward} then gives the exact derivative of what was computed, so that no derivative
 * in the kit was worked out by hand. All terms of a formula belong to one {@link Derivation}.
 */
public final class Real {
  private final Derivation derivation;
  private final double value;
  private double gradient;

  Real(Derivation derivation, double value) {
    this.derivation = derivation;
    this.value = value;
  }

  /** The number. */
  public double value() {
    return value;
  }

  /** What {@link Derivation#backward} found. */
  public double gradient() {
    return gradient;
  }

  /** Adds to the gradient: by a formula that used this number, or as the weight of an output. */
  public void receive(double g) {
    gradient += g;
  }

  /** {@code this + b}. */
  public Real plus(Real b) {
    return derivation.result(
        value + b.value,
        g -> {
          receive(g);
          b.receive(g);
        });
  }

  /** {@code this − b}. */
  public Real minus(Real b) {
    return derivation.result(
        value - b.value,
        g -> {
          receive(g);
          b.receive(-g);
        });
  }

  /** {@code this · b}. */
  public Real times(Real b) {
    return derivation.result(
        value * b.value,
        g -> {
          receive(g * b.value);
          b.receive(g * value);
        });
  }

  /** {@code k · this}. */
  public Real times(double k) {
    return derivation.result(k * value, g -> receive(k * g));
  }

  /** {@code 1 / this}. */
  public Real inverse() {
    return derivation.result(1 / value, g -> receive(-g / (value * value)));
  }

  /** The logistic function. */
  public Real sigmoid() {
    double y = 1 / (1 + Math.exp(-value));
    return derivation.result(y, g -> receive(g * y * (1 - y)));
  }

  /** The hyperbolic tangent. */
  public Real tanh() {
    double y = Math.tanh(value);
    return derivation.result(y, g -> receive(g * (1 - y * y)));
  }

  /** {@code max(0, this)}. */
  public Real relu() {
    return derivation.result(Math.max(0, value), g -> receive(value > 0 ? g : 0));
  }

  /** {@code e^this}. */
  public Real exp() {
    double y = Math.exp(value);
    return derivation.result(y, g -> receive(g * y));
  }

  /** The natural logarithm. */
  public Real log() {
    return derivation.result(Math.log(value), g -> receive(g / value));
  }
}
