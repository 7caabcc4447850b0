package dev.carousel.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each n-gram of one order occurs. */
final class NgramCounts {
  private final Map<List<?>, Integer> counts = new HashMap<>();
  private int total;

  /** The n-grams of a sequence. */
  static NgramCounts of(List<?> sequence, int n) {
    NgramCounts c = new NgramCounts();
    for (int i = 0; i + n <= sequence.size(); i++) {
      c.counts.merge(sequence.subList(i, i + n), 1, Integer::sum);
      c.total++;
    }
    return c;
  }

  /** How many there are, repeated ones counted each time. */
  int total() {
    return total;
  }

  /** How many of them the other has as well, each as often as in both. */
  int matches(NgramCounts other) {
    int sum = 0;
    for (Map.Entry<List<?>, Integer> e : counts.entrySet()) {
      sum += Math.min(e.getValue(), other.counts.getOrDefault(e.getKey(), 0));
    }
    return sum;
  }
}
