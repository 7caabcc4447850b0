package dev.carousel.task;

import org.jspecify.annotations.Nullable;

/** How much each label counts in the loss. */
public enum ClassWeighting {
  /** All alike. */
  NONE,
  /**
   * Rare labels more: examples / (labels · examples of the label), scikit-learn's {@code balanced};
   * where a text may have several, examples without / examples with the label.
   */
  BALANCED;

  /**
   * The weights of labels of which each example has one.
   *
   * @param counts how many examples each of C labels has, at least 1
   * @return C weights, or null for ones
   */
  public float @Nullable [] weights(int[] counts) {
    if (this == NONE) {
      return null;
    }
    long examples = 0;
    for (int count : counts) {
      examples += count;
    }
    float[] weights = new float[counts.length];
    for (int c = 0; c < counts.length; c++) {
      weights[c] = examples / ((float) counts.length * counts[c]);
    }
    return weights;
  }
}
