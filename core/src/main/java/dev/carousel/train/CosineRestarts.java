package dev.carousel.train;

/**
 * {@link CosineDecay} that starts again from {@code base} at the end of each cycle; the cycles last
 * {@code length}, {@code length · growth}, {@code length · growth²} … units (PyTorch's {@code
 * CosineAnnealingWarmRestarts}; Loshchilov and Hutter 2017, section 3).
 *
 * @param base learning rate at the start of each cycle
 * @param minimum rate that each cycle approaches, between 0 and the base
 * @param length units of the first cycle, at least 1
 * @param growth by which each cycle is longer than the one before, at least 1
 * @param unit what is counted
 */
public record CosineRestarts(double base, double minimum, long length, int growth, Unit unit)
    implements Schedule {

  /** Refuses numbers out of range. */
  public CosineRestarts {
    Rates.requirePositive("base", base);
    Rates.requireMinimum(minimum, base);
    Rates.requirePositive("length", length);
    Rates.requirePositive("growth", growth);
  }

  @Override
  public double rate(Moment now, State state) {
    long done = now.in(unit);
    long cycle = length;
    if (growth == 1) {
      done %= cycle;
    }
    while (done >= cycle) {
      done -= cycle;
      cycle = cycle > Long.MAX_VALUE / growth ? Long.MAX_VALUE : cycle * growth;
    }
    return minimum + (base - minimum) * (1 + Math.cos(Math.PI * done / cycle)) / 2;
  }
}
