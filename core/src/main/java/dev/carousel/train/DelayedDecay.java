package dev.carousel.train;

/**
 * {@code base} for some epochs, then less by the same factor every epoch: {@code base ·
 * factor^max(0, e + 1 − hold)} in epoch e, from 0 (Zaremba et al. 2014).
 *
 * @param base first learning rate
 * @param factor of each epoch after the first ones, above 0 and at most 1
 * @param hold epochs at the first rate, at least 1
 */
public record DelayedDecay(double base, double factor, long hold) implements Schedule {

  /** Refuses numbers out of range. */
  public DelayedDecay {
    Rates.requirePositive("base", base);
    Rates.requireFraction("factor", factor);
    Rates.requirePositive("hold", hold);
  }

  @Override
  public double rate(Moment now, State state) {
    long decays = Math.max(0, now.epoch() + 1 - hold);
    return base * Math.pow(factor, (double) decays);
  }
}
