package dev.carousel.data;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each label occurs.
 *
 * @param examples how many examples were counted; fewer than the labels where data is multi-label
 * @param counts the count of each label, in the labels' string order
 */
public record LabelCounts(int examples, SortedMap<String, Integer> counts) {
  /** Copies the map. */
  public LabelCounts {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /**
   * Counts labels.
   *
   * @param examples the examples
   * @return their labels' counts
   */
  public static LabelCounts of(List<Example> examples) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (Example example : examples) {
      for (String label : example.labels()) {
        counts.merge(label, 1, Integer::sum);
      }
    }
    return new LabelCounts(examples.size(), counts);
  }

  /** Returns the labels in string order: their positions are a classifier's output columns. */
  public List<String> labels() {
    return List.copyOf(counts.keySet());
  }

  /**
   * Returns the most frequent label; of several, the first in string order.
   *
   * @throws IllegalStateException if there are no examples
   */
  public String largest() {
    return counts.entrySet().stream()
        .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
        .map(Map.Entry::getKey)
        .orElseThrow(() -> new IllegalStateException("no examples, so no largest class"));
  }

  /**
   * Returns the share of examples that carry the {@link #largest} label, 0 to 1: the accuracy of
   * always answering it.
   *
   * @throws IllegalStateException if there are no examples
   */
  public double largestShare() {
    return counts.getOrDefault(largest(), 0) / (double) examples;
  }
}
