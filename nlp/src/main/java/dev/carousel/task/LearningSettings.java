package dev.carousel.task;

import dev.carousel.train.Adam;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.Goal;
import dev.carousel.train.Selection;
import dev.carousel.train.TrainingSettings;

/**
 * How a text classifier learns.
 *
 * @param batch texts a batch, at least 1
 * @param loss what is minimised
 * @param training optimizer, learning rate, epochs, clipping, selection and seed
 */
public record LearningSettings(int batch, LossSettings loss, TrainingSettings training) {
  /** Ten epochs of Adam at 0.001 over batches of 32, clipped at norm 5, the best epoch kept. */
  public static final LearningSettings DEFAULT =
      new LearningSettings(
          32,
          LossSettings.PLAIN,
          TrainingSettings.of(Adam.DEFAULT, new ConstantRate(0.001), 10)
              .withClipNorm(5)
              .withSelection(Selection.best(TextClassifier.ACCURACY, Goal.MAXIMIZE)));

  /** Checks the range. */
  public LearningSettings {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, not " + batch);
    }
  }

  /** The same with this training. */
  public LearningSettings withTraining(TrainingSettings other) {
    return new LearningSettings(batch, loss, other);
  }
}
