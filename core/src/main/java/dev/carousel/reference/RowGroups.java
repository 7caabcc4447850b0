package dev.carousel.reference;

import dev.carousel.rnn.Lengths;

/**
 * A batch of ragged rows in the order in which the recurrence visits them: longest row first, cut
 * into groups of at most {@value #ROWS} that know nothing of each other. Within a group step s
 * belongs to its first rows only, those longer than s, so padding costs nothing. A token is one
 * real step of one row; tokens are numbered group by group, within a group step by step, within a
 * step row by row. The direction that reads backwards has the same tokens in the same places: its
 * step s is time length − 1 − s.
 *
 * <p>The order lives in the caller's scratch, since nothing may be allocated in a call (R6).
 */
final class RowGroups {
  /** Rows of a group: enough to use a piece of a weight matrix often, few enough to share out. */
  static final int ROWS = 8;

  private final int batch;
  private double[] scratch = {};
  private int at;

  /** For {@code batch} rows. */
  RowGroups(int batch) {
    this.batch = batch;
  }

  /** Moves the order to {@code array[from]} and after. */
  void place(double[] array, int from) {
    scratch = array;
    at = from;
  }

  /** Doubles of scratch for {@code batch} rows. */
  static int scratch(int batch) {
    return 2 * batch;
  }

  /** Number of groups for {@code batch} rows. */
  static int count(int batch) {
    return (batch + ROWS - 1) / ROWS;
  }

  /**
   * Finds the order: longest first, equals as they come.
   *
   * @throws IllegalArgumentException naming the row whose length is out of range
   */
  void sort(Lengths lengths) {
    for (int n = 0; n < batch; n++) {
      int length = lengths.at(n);
      if (length < 0 || length > lengths.maxSteps()) {
        throw new IllegalArgumentException(
            "length of row %d must be 0 to %d, not %d".formatted(n, lengths.maxSteps(), length));
      }
      int k = n;
      for (; k > 0 && length(k - 1) < length; k--) {
        scratch[at + k] = scratch[at + k - 1];
        scratch[at + batch + k] = scratch[at + batch + k - 1];
      }
      scratch[at + k] = n;
      scratch[at + batch + k] = length;
    }
  }

  /** The row of the batch that is {@code rank}-th in this order. */
  int row(int rank) {
    return (int) scratch[at + rank];
  }

  /** The length of the row of this rank. */
  int length(int rank) {
    return (int) scratch[at + batch + rank];
  }

  /** Number of tokens of the rows before {@code rank}. */
  int tokensBefore(int rank) {
    int tokens = 0;
    for (int k = 0; k < rank; k++) {
      tokens += length(k);
    }
    return tokens;
  }

  /** Number of tokens. */
  int tokens() {
    return tokensBefore(batch);
  }

  /** Rank of group {@code g}'s first row. */
  int first(int g) {
    return g * ROWS;
  }

  /** Rows of group {@code g}. */
  int size(int g) {
    return Math.min(ROWS, batch - g * ROWS);
  }

  /** How many rows of group {@code g} are longer than {@code step}. */
  int active(int g, int step) {
    int rows = size(g);
    while (rows > 0 && length(first(g) + rows - 1) <= step) {
      rows--;
    }
    return rows;
  }
}
