package dev.carousel.train;

/**
 * {@code base · factor^⌊t / every⌋} (PyTorch's {@code StepLR}).
 *
 * @param base first learning rate
 * @param factor by which it is multiplied each time, above 0 and at most 1
 * @param every after how many units, at least 1
 * @param unit what is counted
 */
public record StepDecay(double base, double factor, long every, Unit unit) implements Schedule {

  /** Refuses numbers out of range. */
  public StepDecay {
    Rates.requirePositive("base", base);
    Rates.requireFraction("factor", factor);
    Rates.requirePositive("every", every);
  }

  @Override
  public double rate(Moment now, State state) {
    long decays = now.in(unit) / every;
    return base * Math.pow(factor, (double) decays);
  }
}
