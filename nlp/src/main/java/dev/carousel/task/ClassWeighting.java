package dev.carousel.task;

/** How much each label counts in the loss. */
public enum ClassWeighting {
  /** All alike. */
  NONE,
  /**
   * Rare labels more: examples / (labels · examples of the label), scikit-learn's {@code balanced};
   * where a text may have several, examples without / examples with the label.
   */
  BALANCED
}
