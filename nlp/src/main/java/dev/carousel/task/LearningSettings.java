package dev.carousel.task;

import dev.carousel.data.ClassSampling;
import dev.carousel.train.Adam;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.Goal;
import dev.carousel.train.Selection;
import dev.carousel.train.TrainingSettings;

/**
 * How a text classifier learns.
 *
 * @param batch texts a batch, at least 1
 * @param sampling how often each label's texts come
 * @param loss what is minimised
 * @param training optimizer, learning rate, epochs, clipping, selection and seed
 */
public record LearningSettings(
    int batch, ClassSampling sampling, LossSettings loss, TrainingSettings training) {
  /** Ten epochs of Adam at 0.001 over batches of 32, clipped at norm 5, the best epoch kept. */
  public static final LearningSettings DEFAULT =
      new LearningSettings(
          32,
          ClassSampling.NATURAL,
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

  /** The same with so many texts a batch. */
  public LearningSettings withBatch(int texts) {
    return new LearningSettings(texts, sampling, loss, training);
  }

  /** The same, sampled like this. */
  public LearningSettings withSampling(ClassSampling other) {
    return new LearningSettings(batch, other, loss, training);
  }

  /** The same with this loss. */
  public LearningSettings withLoss(LossSettings other) {
    return new LearningSettings(batch, sampling, other, training);
  }

  /** The same with this training. */
  public LearningSettings withTraining(TrainingSettings other) {
    return new LearningSettings(batch, sampling, loss, other);
  }
}
