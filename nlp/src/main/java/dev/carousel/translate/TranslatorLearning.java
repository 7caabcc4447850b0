package dev.carousel.translate;

import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.train.Adam;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.Goal;
import dev.carousel.train.Selection;
import dev.carousel.train.TrainingSettings;

/**
 * How a translator learns.
 *
 * @param batch pairs a batch, at least 1
 * @param dropout what is dropped
 * @param smoothing of the labels, 0 to below 1
 * @param sampling how often the decoder reads its own guesses
 * @param training optimizer, learning rate, epochs, clipping, selection and seed
 */
public record TranslatorLearning(
    int batch,
    Dropouts dropout,
    double smoothing,
    SamplingSchedule sampling,
    TrainingSettings training) {
  /** Ten epochs of Adam at 0.001 over batches of 64, the epoch with the best chrF kept. */
  public static final TranslatorLearning DEFAULT =
      new TranslatorLearning(
          64,
          new Dropouts(0.3, 0.3, 0.3, 0.3),
          0.1,
          SamplingSchedule.NONE,
          TrainingSettings.of(Adam.DEFAULT, new ConstantRate(0.001), 10)
              .withClipNorm(5)
              .withSelection(Selection.best(TranslationScores.CHRF, Goal.MAXIMIZE)));

  /** Checks the ranges. */
  public TranslatorLearning {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, not " + batch);
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("label smoothing must be 0 to below 1, not " + smoothing);
    }
  }

  /** The same with this training. */
  public TranslatorLearning withTraining(TrainingSettings other) {
    return new TranslatorLearning(batch, dropout, smoothing, sampling, other);
  }

  /** The same with this many pairs a batch. */
  public TranslatorLearning withBatch(int pairs) {
    return new TranslatorLearning(pairs, dropout, smoothing, sampling, training);
  }

  /** The same with this dropped. */
  public TranslatorLearning withDropout(Dropouts rates) {
    return new TranslatorLearning(batch, rates, smoothing, sampling, training);
  }
}
