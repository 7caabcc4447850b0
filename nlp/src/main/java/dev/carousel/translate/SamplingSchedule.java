package dev.carousel.translate;

import dev.carousel.nn.ScheduledSampling;

/**
 * How the rate of {@link ScheduledSampling} rises: linearly from 0 before the first epoch to its
 * last value after so many, which it then keeps (the linear decay of Bengio et al. 2015, counted in
 * epochs).
 *
 * @param last probability of a guess at the end, 0 to 1; 0 for teacher forcing throughout
 * @param epochs until then, at least 1
 */
public record SamplingSchedule(double last, int epochs) {
  /** Always the right token. */
  public static final SamplingSchedule NONE = new SamplingSchedule(0, 1);

  /** Checks the ranges. */
  public SamplingSchedule {
    if (!(last >= 0 && last <= 1) || epochs < 1) {
      throw new IllegalArgumentException(
          "scheduled sampling needs a rate from 0 to 1 and at least 1 epoch, not %s and %d"
              .formatted(last, epochs));
    }
  }

  /** The rate in this epoch, from 0. */
  double rate(int epoch) {
    return last * Math.min(1, (double) epoch / epochs);
  }
}
