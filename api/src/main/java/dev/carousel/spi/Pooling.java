package dev.carousel.spi;

/** How a sequence of features becomes one vector; a row of length 0 becomes zeros. */
public enum Pooling {
  /** The step at which each direction ends: length − 1 forward, 0 backward. */
  LAST,
  /** The mean over the real steps. */
  MEAN,
  /** The maximum over the real steps, per feature; the earliest of equals. */
  MAX
}
