package dev.carousel.decode;

/** Makes tokens impossible that would repeat a stretch of tokens of their own hypothesis. */
final class Repetition {
  private final int stretch;
  private final int[] latestFirst;

  /**
   * A rule.
   *
   * @param stretch tokens that may not occur twice in this order, at least 1
   * @param steps the most tokens of a hypothesis
   */
  Repetition(int stretch, int steps) {
    this.stretch = stretch;
    latestFirst = new int[steps];
  }

  /** Sets the probabilities of a row's forbidden tokens, from {@code from} on, to 0. */
  void forbid(History history, int row, int steps, float[] probabilities, int from) {
    if (steps < stretch) {
      return;
    }
    history.read(row, steps, latestFirst);
    for (int at = 0; at + stretch <= steps; at++) {
      if (matches(at)) {
        probabilities[from + latestFirst[at]] = 0;
      }
    }
  }

  /** Whether the tokens before {@code at} are those at the end. */
  private boolean matches(int at) {
    for (int i = 0; i < stretch - 1; i++) {
      if (latestFirst[i] != latestFirst[at + 1 + i]) {
        return false;
      }
    }
    return true;
  }
}
