package dev.carousel.task;

/**
 * What a classifier minimises: cross entropy, perhaps weighted, smoothed or focal.
 *
 * @param classWeights how much each label counts
 * @param smoothing share of the probability spread over all labels (Szegedy et al. 2016), 0 to
 *     below 1; only where each text has one label, and not with a focus
 * @param focus γ of a focal loss (Lin et al. 2017), 0 for none: texts that are well classified
 *     already count {@code (1 − p)^γ} as much; 2 is usual
 */
public record LossSettings(ClassWeighting classWeights, double smoothing, double focus) {
  /** Neither weighted nor smoothed nor focal. */
  public static final LossSettings PLAIN = new LossSettings(ClassWeighting.NONE, 0, 0);

  /** Checks the range. */
  public LossSettings {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("label smoothing must be 0 to below 1, not " + smoothing);
    }
    if (!(focus >= 0 && focus < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("focal gamma must be 0 or more, not " + focus);
    }
    if (focus > 0 && smoothing > 0) {
      throw new IllegalArgumentException(
          "a focal loss takes no label smoothing: leave one of them out");
    }
  }
}
