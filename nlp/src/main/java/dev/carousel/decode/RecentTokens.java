package dev.carousel.decode;

/** The latest tokens of a text, up to a window, and what they forbid. Memory is taken once. */
final class RecentTokens {
  private final int window;
  private final int[] ids;
  private int size;

  RecentTokens(int window) {
    this.window = window;
    this.ids = new int[2 * window];
  }

  void add(int id) {
    if (size == ids.length) {
      System.arraycopy(ids, size - window, ids, 0, window);
      size = window;
    }
    ids[size++] = id;
  }

  private int first() {
    return Math.max(0, size - window);
  }

  /** Makes the scores of tokens that occurred smaller, each once however often it occurred. */
  void penalize(double[] scores, double penalty) {
    for (int i = first(); i < size; i++) {
      int id = ids[i];
      if (!occursBefore(id, i)) {
        scores[id] = scores[id] > 0 ? scores[id] / penalty : scores[id] * penalty;
      }
    }
  }

  private boolean occursBefore(int id, int end) {
    for (int i = first(); i < end; i++) {
      if (ids[i] == id) {
        return true;
      }
    }
    return false;
  }

  /** Forbids every token that would complete a sequence of {@code n} tokens that occurred. */
  void block(double[] scores, int n) {
    int start = size - (n - 1);
    for (int i = first(); i + n - 1 < size; i++) {
      if (start >= first() && matches(i, start, n - 1)) {
        scores[ids[i + n - 1]] = Double.NEGATIVE_INFINITY;
      }
    }
  }

  private boolean matches(int a, int b, int length) {
    for (int j = 0; j < length; j++) {
      if (ids[a + j] != ids[b + j]) {
        return false;
      }
    }
    return true;
  }
}
