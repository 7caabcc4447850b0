package dev.carousel.eval;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall and F1 averaged over classes.
 *
 * @param precision 0 to 1
 * @param recall 0 to 1
 * @param f1 0 to 1; in macro and weighted averages the mean of the classes' F1, which is not the
 *     harmonic mean of the other two
 */
public record Scores(double precision, double recall, double f1) {

  /** The plain mean over classes. */
  static Scores mean(List<ClassScore> classes) {
    return weighted(classes, score -> 1, classes.size());
  }

  /** The mean over classes, each with its number of examples as weight. */
  static Scores weighted(List<ClassScore> classes) {
    return weighted(
        classes, ClassScore::support, classes.stream().mapToDouble(ClassScore::support).sum());
  }

  /** The scores of all decisions thrown together. */
  static Scores micro(List<ClassScore> classes) {
    ClassScore all =
        new ClassScore(
            "all",
            classes.stream().mapToLong(ClassScore::truePositives).sum(),
            classes.stream().mapToLong(ClassScore::falsePositives).sum(),
            classes.stream().mapToLong(ClassScore::falseNegatives).sum());
    return new Scores(all.precision(), all.recall(), all.f1());
  }

  private static Scores weighted(
      List<ClassScore> classes, ToDoubleFunction<ClassScore> weight, double total) {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    for (ClassScore score : classes) {
      double share = total == 0 ? 0 : weight.applyAsDouble(score) / total;
      precision += share * score.precision();
      recall += share * score.recall();
      f1 += share * score.f1();
    }
    return new Scores(precision, recall, f1);
  }
}
