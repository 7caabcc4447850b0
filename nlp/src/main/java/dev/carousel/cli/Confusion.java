package dev.carousel.cli;

import dev.carousel.eval.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One kind of mistake.
 *
 * @param gold what was right
 * @param predicted what was said
 * @param count how often
 * @param share of all texts with the right label, 0 to 1
 */
record Confusion(String gold, String predicted, long count, double share) {
  /** The {@code k} most frequent mistakes, the most frequent first. */
  static List<Confusion> most(ConfusionMatrix matrix, int k) {
    List<Confusion> all = new ArrayList<>();
    List<String> labels = matrix.labels();
    for (int gold = 0; gold < labels.size(); gold++) {
      long texts = 0;
      for (int predicted = 0; predicted < labels.size(); predicted++) {
        texts += matrix.count(gold, predicted);
      }
      for (int predicted = 0; predicted < labels.size(); predicted++) {
        long count = matrix.count(gold, predicted);
        if (gold != predicted && count > 0) {
          all.add(
              new Confusion(
                  labels.get(gold), labels.get(predicted), count, (double) count / texts));
        }
      }
    }
    all.sort(Comparator.comparingLong((Confusion c) -> -c.count));
    return all.subList(0, Math.min(k, all.size()));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%4d × %s taken for %s (%.0f %%)", count, gold, predicted, 100 * share);
  }
}
