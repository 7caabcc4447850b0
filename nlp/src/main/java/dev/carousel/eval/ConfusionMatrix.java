package dev.carousel.eval;

import java.util.List;

/**
 * How often each class was taken for each other: a row per right class, a column per prediction.
 */
public final class ConfusionMatrix {
  /** The most classes: the table of counts grows with their square. */
  public static final int MAX_CLASSES = 4096;

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
