package dev.carousel.train;

/**
 * {@code base · factor^t} (PyTorch's {@code ExponentialLR}).
 *
 * @param base first learning rate
 * @param factor by which each unit multiplies it, above 0 and at most 1
 * @param unit what is counted
 */
public record ExponentialDecay(double base, double factor, Unit unit) implements Schedule {

  /** Refuses numbers out of range. */
  public ExponentialDecay {
    Rates.requirePositive("base", base);
    Rates.requireFraction("factor", factor);
  }

  @Override
  public double rate(Moment now, State state) {
    return base * Math.pow(factor, (double) now.in(unit));
  }
}
