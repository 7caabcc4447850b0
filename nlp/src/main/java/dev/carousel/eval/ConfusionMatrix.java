package dev.carousel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each other: a row per right class, a column per prediction.
 */
public final class ConfusionMatrix {
  /** The most classes: the table of counts grows with their square. */
  public static final int MAX_CLASSES = 4096;

  private static final String OTHER = "(other)";

  private final List<String> labels;
  private final long[][] counts;

  private ConfusionMatrix(List<String> labels, long[][] counts) {
    this.labels = labels;
    this.counts = counts;
  }

  /**
   * Counts predictions.
   *
   * @param labels the classes' names in id order, at most {@link #MAX_CLASSES}
   * @param gold the right class of each example
   * @param predicted the predicted class of each example
   * @return the matrix
   * @throws IllegalArgumentException if the lengths differ, an id names no class, or there are too
   *     many classes
   */
  public static ConfusionMatrix of(List<String> labels, int[] gold, int[] predicted) {
    if (labels.size() > MAX_CLASSES) {
      throw new IllegalArgumentException(
          labels.size() + " classes; a confusion matrix holds at most " + MAX_CLASSES);
    }
    ClassIds.check(labels.size(), gold, predicted);
    long[][] counts = new long[labels.size()][labels.size()];
    for (int i = 0; i < gold.length; i++) {
      counts[gold[i]][predicted[i]]++;
    }
    return new ConfusionMatrix(List.copyOf(labels), counts);
  }

  /** Returns the classes' names in id order. */
  public List<String> labels() {
    return labels;
  }

  /**
   * How often one class was predicted where another was right.
   *
   * @param gold the right class
   * @param predicted the predicted class
   * @return the count
   */
  public long count(int gold, int predicted) {
    return counts[gold][predicted];
  }

  /**
   * A smaller matrix of the classes with the most examples, in id order.
   *
   * @param classes how many of them, at least 1; if there are more, the rest is summed up in a last
   *     class {@code (other)}
   * @return the matrix
   */
  public ConfusionMatrix largest(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("at least 1 class must be shown, not " + classes);
    }
    int[] kept = withMostExamples(classes);
    List<String> names = new ArrayList<>();
    int[] rowOf = new int[labels.size()];
    Arrays.fill(rowOf, kept.length);
    for (int c : kept) {
      rowOf[c] = names.size();
      names.add(labels.get(c));
    }
    if (kept.length < labels.size()) {
      names.add(OTHER);
    }
    return new ConfusionMatrix(List.copyOf(names), summed(rowOf, names.size()));
  }

  private int[] withMostExamples(int classes) {
    return IntStream.range(0, counts.length)
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer c) -> -Arrays.stream(counts[c]).sum())
                .thenComparing(c -> c))
        .limit(classes)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private long[][] summed(int[] rowOf, int rows) {
    long[][] sums = new long[rows][rows];
    for (int g = 0; g < rowOf.length; g++) {
      for (int p = 0; p < rowOf.length; p++) {
        sums[rowOf[g]][rowOf[p]] += counts[g][p];
      }
    }
    return sums;
  }

  /**
   * The matrix as an aligned table.
   *
   * @param classes how many classes to show, at least 1: those with the most examples, in id order;
   *     the rest is summed up as {@code (other)}
   * @return lines of text, each ended by a line feed
   */
  public String render(int classes) {
    return ConfusionTable.render(this, classes);
  }
}
