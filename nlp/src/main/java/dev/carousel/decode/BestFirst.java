package dev.carousel.decode;

/**
 * Tokens by falling score, found one by one: a heap that is built once a draw, so that only those
 * that are asked for are sorted. Equal scores come by rising id. Memory is taken once.
 */
final class BestFirst {
  private final double[] scores;
  private final int[] heap;
  private int size;

  /** An order over these scores, which are read when {@link #rebuild} is called and after. */
  BestFirst(double[] scores) {
    this.scores = scores;
    this.heap = new int[scores.length];
  }

  /** Begins anew with every token whose score is not −∞. */
  void rebuild() {
    size = 0;
    for (int id = 0; id < scores.length; id++) {
      if (scores[id] != Double.NEGATIVE_INFINITY) {
        heap[size++] = id;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  /** Tokens that are left. */
  int size() {
    return size;
  }

  /** Takes the best that is left. */
  int next() {
    int best = heap[0];
    heap[0] = heap[--size];
    sink(0);
    return best;
  }

  private void sink(int from) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], heap[at])) {
        return;
      }
      int parent = heap[at];
      heap[at] = heap[child];
      heap[child] = parent;
      at = child;
    }
  }

  private boolean before(int a, int b) {
    return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
  }
}
