package dev.carousel.train;

/**
 * Half a cosine wave from {@code base} down to {@code minimum}: {@code minimum + (base − minimum) ·
 * (1 + cos(π t / length)) / 2} for t ≤ length (PyTorch's {@code CosineAnnealingLR}; Loshchilov and
 * Hutter 2017, equation 5). Beyond the length the rate stays at the minimum, where PyTorch's rises
 * again.
 *
 * @param base first learning rate
 * @param minimum last learning rate, between 0 and the base
 * @param length units from the first rate to the last, at least 1
 * @param unit what is counted
 */
public record CosineDecay(double base, double minimum, long length, Unit unit) implements Schedule {

  /** Refuses numbers out of range. */
  public CosineDecay {
    Rates.requirePositive("base", base);
    Rates.requireMinimum(minimum, base);
    Rates.requirePositive("length", length);
  }

  @Override
  public double rate(Moment now, State state) {
    double done = Math.min(1.0, (double) now.in(unit) / length);
    return minimum + (base - minimum) * (1 + Math.cos(Math.PI * done)) / 2;
  }
}
