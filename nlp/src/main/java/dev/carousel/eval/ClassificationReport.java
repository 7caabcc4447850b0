package dev.carousel.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * The scores of a classifier that gives each example one class.
 *
 * <p>The definitions are scikit-learn's with {@code zero_division=0}: a class that was never
 * predicted has precision 0, one without examples recall 0, and the macro average runs over the
 * classes that occur among the labels or the predictions, so a known class that occurs in neither
 * does not count.
 *
 * @param examples how many examples were scored
 * @param correct how many of them were right
 * @param classes every known class's counts, in id order
 */
public record ClassificationReport(long examples, long correct, List<ClassScore> classes) {
  /** Copies the list. */
  public ClassificationReport {
    classes = List.copyOf(classes);
  }

  /**
   * Scores predictions.
   *
   * @param labels the classes' names in id order
   * @param gold the right class of each example
   * @param predicted the predicted class of each example
   * @return the scores
   * @throws IllegalArgumentException if the lengths differ or an id names no class
   */
  public static ClassificationReport of(List<String> labels, int[] gold, int[] predicted) {
    ClassIds.check(labels.size(), gold, predicted);
    long[] truePositives = new long[labels.size()];
    long[] falsePositives = new long[labels.size()];
    long[] falseNegatives = new long[labels.size()];
    long correct = 0;
    for (int i = 0; i < gold.length; i++) {
      if (gold[i] == predicted[i]) {
        truePositives[gold[i]]++;
        correct++;
      } else {
        falseNegatives[gold[i]]++;
        falsePositives[predicted[i]]++;
      }
    }
    List<ClassScore> classes = new ArrayList<>(labels.size());
    for (int c = 0; c < labels.size(); c++) {
      classes.add(
          new ClassScore(labels.get(c), truePositives[c], falsePositives[c], falseNegatives[c]));
    }
    return new ClassificationReport(gold.length, correct, classes);
  }

  /** Returns the share of examples that are right; 0 if there are none. */
  public double accuracy() {
    return examples == 0 ? 0 : (double) correct / examples;
  }

  /** Returns the plain mean over the classes that occur among labels or predictions. */
  public Scores macro() {
    return Scores.mean(classes.stream().filter(c -> c.support() + c.falsePositives() > 0).toList());
  }

  /**
   * Returns the scores of all decisions together; with one class an example all three are accuracy.
   */
  public Scores micro() {
    return Scores.micro(classes);
  }

  /** Returns the mean over classes weighted by their number of examples. */
  public Scores weighted() {
    return Scores.weighted(classes);
  }
}
