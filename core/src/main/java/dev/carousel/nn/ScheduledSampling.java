package dev.carousel.nn;

/**
 * How often a decoder in training reads its own best guess in place of the right token (Bengio et
 * al., "Scheduled sampling for sequence prediction with recurrent neural networks", 2015). A coin
 * is flipped for each token; no gradient flows through the guess.
 *
 * @param rate probability of the guess, 0 to 1; 0 is teacher forcing
 * @param seed of the coins of one batch
 */
public record ScheduledSampling(double rate, long seed) {
  /** Always the right token. */
  public static final ScheduledSampling TEACHER_FORCING = new ScheduledSampling(0, 0);

  /** Checks the range. */
  public ScheduledSampling {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a sampling rate must be 0 to 1, not " + rate);
    }
  }
}
