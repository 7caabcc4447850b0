package dev.carousel.lm;

import dev.carousel.train.Adam;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.Goal;
import dev.carousel.train.Selection;
import dev.carousel.train.TrainingSettings;

/**
 * How a language model learns.
 *
 * @param rows N, places of the text that are read side by side; for sliding windows, windows a
 *     batch
 * @param unrolling how the text is cut into windows
 * @param mean over what the loss of a window is a mean
 * @param initRange all weights begin uniform within ± this; 0 for recurrent weights as in {@code
 *     RnnInit.DEFAULT} and an embedding uniform within ± 0.1
 * @param training rule, schedule, epochs, clipping, selection, seed
 */
public record LanguageLearning(
    int rows, Unrolling unrolling, LossMean mean, double initRange, TrainingSettings training) {
  /** The figure by which models are selected: the mean cross entropy in nats. */
  public static final String LOSS = "loss";

  /** Adam at 0.002 for 10 epochs, 32 rows of 64 steps, clipped at 1. */
  public static final LanguageLearning DEFAULT =
      new LanguageLearning(
          32,
          Unrolling.carried(64),
          LossMean.TOKEN,
          0,
          TrainingSettings.of(Adam.DEFAULT, new ConstantRate(0.002), 10)
              .withClipNorm(1)
              .withSelection(Selection.best(LOSS, Goal.MINIMIZE)));

  /** Over what the loss of a window is a mean; it decides how large gradients are. */
  public enum LossMean {
    /** Over all its tokens. */
    TOKEN,
    /** Over its rows, each of which counts with the sum of its steps (Zaremba et al. 2014). */
    ROW
  }

  /** Checks the ranges, and that nothing is ignored. */
  public LanguageLearning {
    if (rows < 1 || !(initRange >= 0)) {
      throw new IllegalArgumentException(
          "rows must be at least 1 and the initial range 0 or more, not %d and %s"
              .formatted(rows, initRange));
    }
    if (mean == LossMean.ROW && unrolling.kind() == Unrolling.Kind.SLIDING) {
      throw new IllegalArgumentException(
          "a sliding window has one loss a row: its mean is over tokens");
    }
  }

  /** The same with this training. */
  public LanguageLearning withTraining(TrainingSettings other) {
    return new LanguageLearning(rows, unrolling, mean, initRange, other);
  }

  /** The same with this unrolling. */
  public LanguageLearning withUnrolling(Unrolling other) {
    return new LanguageLearning(rows, other, mean, initRange, training);
  }

  /** The same with so many rows. */
  public LanguageLearning withRows(int n) {
    return new LanguageLearning(n, unrolling, mean, initRange, training);
  }
}
