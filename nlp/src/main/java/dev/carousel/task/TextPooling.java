package dev.carousel.task;

import dev.carousel.spi.Pooling;

/** How the recurrent outputs of a text, one per token, become one vector. */
public enum TextPooling {
  /** Where each direction ends: after the last token forwards, after the first one backwards. */
  LAST,
  /** The mean over the tokens. */
  MEAN,
  /** The maximum over the tokens, feature by feature. */
  MAX,
  /** {@link #LAST}, {@link #MAX} and {@link #MEAN} side by side (Howard and Ruder 2018). */
  CONCAT,
  /** A mean weighted by learned attention (Yang et al. 2016). */
  ATTENTION;

  /** How many vectors of the recurrent outputs' size are side by side. */
  int parts() {
    return this == CONCAT ? 3 : 1;
  }

  /**
   * The kernel that pools this way.
   *
   * @throws IllegalStateException for {@link #CONCAT}, which is three, and for {@link #ATTENTION},
   *     which has parameters and is a layer
   */
  Pooling kernel() {
    return switch (this) {
      case LAST -> Pooling.LAST;
      case MEAN -> Pooling.MEAN;
      case MAX -> Pooling.MAX;
      case CONCAT -> throw new IllegalStateException("concatenated pooling is three kernels");
      case ATTENTION -> throw new IllegalStateException("attention pooling is a layer");
    };
  }
}
