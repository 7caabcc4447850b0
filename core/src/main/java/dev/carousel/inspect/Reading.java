package dev.carousel.inspect;

/** Which way one direction of a layer reads. */
public enum Reading {
  /** First step to last. */
  FORWARDS,
  /** Last step to first. */
  BACKWARDS;

  /** Of direction {@code d}: 0 forwards, 1 backwards. */
  static Reading of(int d) {
    return d == 0 ? FORWARDS : BACKWARDS;
  }

  /** The step that is taken as number {@code s} of T. */
  int step(int s, int steps) {
    return this == FORWARDS ? s : steps - 1 - s;
  }
}
