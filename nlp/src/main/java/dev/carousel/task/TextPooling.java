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
  /** A mean weighted by learned attention (Yang et al. 2016). */
  ATTENTION;

  /**
   * The kernel that pools this way.
   *
   * @throws IllegalStateException for {@link #ATTENTION}, which has parameters and is a layer
   */
  Pooling kernel() {
    return switch (this) {
      case LAST -> Pooling.LAST;
      case MEAN -> Pooling.MEAN;
      case MAX -> Pooling.MAX;
      case ATTENTION -> throw new IllegalStateException("attention pooling is a layer");
    };
  }
}
