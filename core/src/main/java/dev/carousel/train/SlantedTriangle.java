package dev.carousel.train;

/**
 * A short rise and a long fall, both straight (Howard and Ruder 2018, equation 3), for a pretrained
 * network that is to move soon and then to settle. With u the share of the run that is done and c
 * that of the rise:
 *
 * <pre>
 * p = u / c  for u &lt; c,  otherwise 1 − (u − c) / (1 − c)
 * rate = peak (1 + p (ratio − 1)) / ratio
 * </pre>
 *
 * <p>u is counted in epochs and parts of epochs, where the paper counts steps of equal epochs.
 *
 * @param peak highest learning rate
 * @param rise c, above 0 and below 1; 0.1 in the paper
 * @param ratio how much lower the first and the last rate are, at least 1; 32 in the paper
 * @param epochs length of the run, at least 1; the rate stays at its lowest beyond
 */
public record SlantedTriangle(double peak, double rise, double ratio, int epochs)
    implements Schedule {
  private static final double RISE = 0.1;
  private static final double RATIO = 32;

  /** Refuses numbers out of range. */
  public SlantedTriangle {
    Rates.requirePositive("peak", peak);
    Rates.requirePositive("epochs", (long) epochs);
    if (!(rise > 0 && rise < 1) || !(ratio >= 1) || Double.isInfinite(ratio)) {
      throw new IllegalArgumentException(
          "a slanted triangle rises for above 0 to below 1 of the run, and its ratio is 1 or more,"
              + " not %s and %s".formatted(rise, ratio));
    }
  }

  /** The paper's: a rise over a tenth of the run, 32 times lower at both ends. */
  public static SlantedTriangle of(double peak, int epochs) {
    return new SlantedTriangle(peak, RISE, RATIO, epochs);
  }

  @Override
  public double rate(Moment now, State state) {
    double done = Math.min(1, (now.epoch() + now.part()) / epochs);
    double height = done < rise ? done / rise : 1 - (done - rise) / (1 - rise);
    return peak * (1 + height * (ratio - 1)) / ratio;
  }
}
