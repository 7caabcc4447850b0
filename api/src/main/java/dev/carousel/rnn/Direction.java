package dev.carousel.rnn;

/** In which direction the steps of a sequence are taken. */
public enum Direction {
  /** First step to last. */
  FORWARD(1),
  /** Both, the outputs concatenated: forward part first, then the part that reads backwards. */
  BIDIRECTIONAL(2);

  private final int count;

  Direction(int count) {
    this.count = count;
  }

  /** Number of directions D. */
  public int count() {
    return count;
  }
}
