package dev.carousel.decode;

import org.jspecify.annotations.Nullable;

/**
 * What was written so far, as steps that point back. Its memory is that of the longest sequence
 * from the beginning on: nothing grows as tokens are written.
 */
final class History {
  private final int rows;
  private final int sourceSteps;
  private final int[] tokens;
  private final int[] parents;
  private final float @Nullable [] attention;

  /**
   * An empty history.
   *
   * @param steps the most steps, the end included
   * @param rows the most rows of a step
   * @param sourceSteps S; 0 if attention is not kept
   */
  History(int steps, int rows, int sourceSteps) {
    this.rows = rows;
    this.sourceSteps = sourceSteps;
    tokens = new int[Math.multiplyExact(steps, rows)];
    parents = new int[tokens.length];
    attention = sourceSteps == 0 ? null : new float[Math.multiplyExact(tokens.length, sourceSteps)];
  }

  /** Keeps what the rows of {@code step} looked at before they chose a token. */
  void look(int step, float[] weights, int count) {
    if (attention != null) {
      System.arraycopy(weights, 0, attention, step * rows * sourceSteps, count * sourceSteps);
    }
  }

  /** In {@code step}, {@code row} of the next step came from {@code parent} by {@code token}. */
  void write(int step, int row, int parent, int token) {
    tokens[step * rows + row] = token;
    parents[step * rows + row] = parent;
  }

  /**
   * The last tokens of a row, latest first.
   *
   * @param row of the step after {@code steps} steps
   * @param steps how many were written
   * @param into written, at least {@code steps} long
   */
  void read(int row, int steps, int[] into) {
    int at = row;
    for (int s = steps - 1; s >= 0; s--) {
      into[steps - 1 - s] = tokens[s * rows + at];
      at = parents[s * rows + at];
    }
  }

  /** The first {@code steps} tokens of the hypothesis that is {@code row} after them. */
  int[] tokens(int row, int steps) {
    int[] reversed = new int[steps];
    read(row, steps, reversed);
    for (int i = 0, j = steps - 1; i < j; i++, j--) {
      int t = reversed[i];
      reversed[i] = reversed[j];
      reversed[j] = t;
    }
    return reversed;
  }

  /** What that hypothesis looked at for each of its tokens and for the next one. */
  float[][] attention(int row, int steps, int length) {
    if (attention == null) {
      return new float[0][];
    }
    float[][] all = new float[steps + 1][length];
    int at = row;
    for (int s = steps; s >= 0; s--) {
      System.arraycopy(attention, (s * rows + at) * sourceSteps, all[s], 0, length);
      at = s == 0 ? 0 : parents[(s - 1) * rows + at];
    }
    return all;
  }
}
