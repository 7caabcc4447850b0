package dev.carousel.task;

/**
 * What a classifier minimises: cross entropy, perhaps weighted and smoothed.
 *
 * @param classWeights how much each label counts
 * @param smoothing share of the probability spread over all labels (Szegedy et al. 2016), 0 to
 *     below 1; only where each text has one label
 */
public record LossSettings(ClassWeighting classWeights, double smoothing) {
  /** Neither weighted nor smoothed. */
  public static final LossSettings PLAIN = new LossSettings(ClassWeighting.NONE, 0);

  /** Checks the range. */
  public LossSettings {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("label smoothing must be 0 to below 1, not " + smoothing);
    }
  }
}
