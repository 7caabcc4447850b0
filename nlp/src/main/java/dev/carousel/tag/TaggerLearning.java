package dev.carousel.tag;

import dev.carousel.task.LossSettings;
import dev.carousel.train.TrainingSettings;

/**
 * How a tagger learns.
 *
 * @param batch sentences a batch, at least 1
 * @param intentWeight of the loss of the sentences' labels, where the data has them, beside that of
 *     the tags; 0 leaves them out
 * @param loss of single tags and of sentences' labels: class weights, smoothing, focus; plain with
 *     a CRF, whose loss is that of whole sequences
 * @param training optimizer, learning rate, epochs, clipping, selection and seed
 */
public record TaggerLearning(
    int batch, double intentWeight, LossSettings loss, TrainingSettings training) {
  /** Checks the ranges. */
  public TaggerLearning {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, not " + batch);
    }
    if (!(intentWeight >= 0) || Double.isInfinite(intentWeight)) {
      throw new IllegalArgumentException(
          "the weight of the intents must be 0 or more, not " + intentWeight);
    }
  }

  /** Of a plain loss. */
  public TaggerLearning(int batch, double intentWeight, TrainingSettings training) {
    this(batch, intentWeight, LossSettings.PLAIN, training);
  }

  /** The same with this training. */
  public TaggerLearning withTraining(TrainingSettings other) {
    return new TaggerLearning(batch, intentWeight, loss, other);
  }

  /** The same with this loss. */
  public TaggerLearning withLoss(LossSettings other) {
    return new TaggerLearning(batch, intentWeight, other, training);
  }
}
