package dev.carousel.model;

import dev.carousel.data.SourceFile;
import java.util.List;

/**
 * A model that goes on learning from what comes in, an example at a time or a few. The model that
 * it began with stays as it is, and so does every snapshot. Not thread safe; the creator closes it,
 * before its backend.
 *
 * @param <X> an example
 * @param <M> the model
 */
public interface OnlineLearner<X, M> extends AutoCloseable {
  /**
   * One optimizer step. Tokens that the model does not know are read as the unknown one.
   *
   * @param examples at least one
   * @return the mean loss before the step
   * @throws IllegalArgumentException as {@link #check}; nothing is learned then
   * @throws dev.carousel.train.TrainingDivergedException if loss or gradient are not finite
   */
  double learn(List<X> examples);

  /**
   * Refuses what cannot be learned, before anything is.
   *
   * @throws IllegalArgumentException naming the first example that has a label that the model has
   *     not, or that lacks what the model reads, by its number from 1
   */
  void check(List<X> examples);

  /** Tokens of these examples that the model does not know. */
  long unknownTokens(List<X> examples);

  /** Names files that are learned from, for the provenance of snapshots. */
  void source(List<SourceFile> files);

  /** The model as it is now; the caller closes it. */
  M snapshot();

  @Override
  void close();
}
