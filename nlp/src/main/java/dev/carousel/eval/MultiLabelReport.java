package dev.carousel.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * The scores of a classifier that gives each example any number of classes.
 *
 * <p>Every pair of example and class is one decision. Averages are scikit-learn's with {@code
 * zero_division=0}; the macro average runs over all classes, since each has an output of its own.
 *
 * @param examples how many examples were scored
 * @param exactMatches how many had exactly the right set of classes
 * @param classes every class's counts, in id order
 */
public record MultiLabelReport(long examples, long exactMatches, List<ClassScore> classes) {
  private static final int YES_YES = 3;
  private static final int YES_NO = 2;
  private static final int NO_YES = 1;

  /** Copies the list. */
  public MultiLabelReport {
    classes = List.copyOf(classes);
  }

  /**
   * Scores probabilities against a threshold.
   *
   * @param labels the C classes' names in id order
   * @param gold [N][C], true where the example has the class
   * @param probabilities [N][C], 0 to 1
   * @param threshold the least probability that counts as a yes; 0.5 for a trained sigmoid
   * @return the scores
   * @throws IllegalArgumentException if the shapes differ
   */
  public static MultiLabelReport of(
      List<String> labels, boolean[][] gold, float[][] probabilities, float threshold) {
    if (gold.length != probabilities.length) {
      throw new IllegalArgumentException(
          gold.length + " rows of labels but " + probabilities.length + " of probabilities");
    }
    long[][] counts = new long[labels.size()][4];
    long exact = 0;
    for (int n = 0; n < gold.length; n++) {
      checkRow(labels.size(), n, gold[n].length, probabilities[n].length);
      exact += count(gold[n], probabilities[n], threshold, counts) ? 1 : 0;
    }
    List<ClassScore> classes = new ArrayList<>(labels.size());
    for (int c = 0; c < labels.size(); c++) {
      classes.add(
          new ClassScore(labels.get(c), counts[c][YES_YES], counts[c][NO_YES], counts[c][YES_NO]));
    }
    return new MultiLabelReport(gold.length, exact, classes);
  }

  /** Counts one example under gold·2 + predicted and tells whether every decision was right. */
  private static boolean count(
      boolean[] gold, float[] probabilities, float threshold, long[][] counts) {
    boolean exact = true;
    for (int c = 0; c < gold.length; c++) {
      boolean predicted = probabilities[c] >= threshold;
      counts[c][(gold[c] ? 2 : 0) + (predicted ? 1 : 0)]++;
      exact &= predicted == gold[c];
    }
    return exact;
  }

  private static void checkRow(int classes, int row, int goldLength, int probabilitiesLength) {
    if (goldLength != classes || probabilitiesLength != classes) {
      throw new IllegalArgumentException(
          "row "
              + row
              + " has "
              + goldLength
              + " labels and "
              + probabilitiesLength
              + " probabilities for "
              + classes
              + " classes");
    }
  }

  /** Returns the share of examples whose set of classes is exactly right; 0 if there are none. */
  public double exactMatch() {
    return examples == 0 ? 0 : (double) exactMatches / examples;
  }

  /** Returns the plain mean over all classes. */
  public Scores macro() {
    return Scores.mean(classes);
  }

  /** Returns the scores of all decisions together. */
  public Scores micro() {
    return Scores.micro(classes);
  }
}
