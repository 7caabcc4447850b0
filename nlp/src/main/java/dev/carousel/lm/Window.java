package dev.carousel.lm;

/**
 * Tokens that a network reads at once, in host memory, time-major.
 *
 * @param inputs [T, N]; negative after a row's end
 * @param targets the tokens after them, [T, N], or [N] where only the token after the last step is
 *     predicted; a negative one does not count
 * @param steps T
 * @param rows N
 * @param first whether the state begins anew
 */
@SuppressWarnings("ArrayRecordComponent") // built, trained and dropped, never compared
record Window(int[] inputs, int[] targets, int steps, int rows, boolean first) {
  /**
   * Window {@code from} to {@code to} of N rows that lie {@code length} steps apart in a stream.
   */
  static Window ofStream(int[] stream, int rows, int length, int from, int to) {
    int steps = to - from;
    int[] inputs = new int[steps * rows];
    int[] targets = new int[steps * rows];
    for (int n = 0; n < rows; n++) {
      for (int t = 0; t < steps; t++) {
        long at = (long) n * length + from + t;
        inputs[t * rows + n] = at < stream.length ? stream[(int) at] : -1;
        targets[t * rows + n] = at + 1 < stream.length ? stream[(int) at + 1] : -1;
      }
    }
    return new Window(inputs, targets, steps, rows, from == 0);
  }
}
