package dev.carousel.cli;

import dev.carousel.data.SourceFile;
import dev.carousel.model.OnlineLearner;
import dev.carousel.model.UpdateSettings;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A saved model that {@code update} can let learn. The creator closes it.
 *
 * @param <X> an example
 * @param <M> the model
 */
interface Updating<X, M> extends AutoCloseable {
  /**
   * Examples and the files they come from.
   *
   * @param examples at least one
   * @param files their checksums, for the provenance
   */
  record Data<X>(List<X> examples, List<SourceFile> files) {}

  /** Opens a saved model of some task. */
  @FunctionalInterface
  interface Opener {
    /**
     * Reads it.
     *
     * @param precision null for the one that it was trained in
     */
    Updating<?, ?> open(Path directory, Backend backend, @Nullable Precision precision);
  }

  /** The model as it is. */
  M model();

  /**
   * Reads examples.
   *
   * @throws dev.carousel.data.DataException if a file cannot be understood, naming the line
   */
  Data<X> read(Path file, UpdateFlags flags, Console console) throws IOException;

  /** A learner that begins as a copy; the caller closes it. */
  OnlineLearner<X, M> learner(UpdateSettings settings);

  /** A score by which updates are judged, 0 to 1. */
  double score(M model, List<X> examples);

  /** Writes a model, with these results in its provenance. */
  void save(M model, Path directory, Map<String, Double> metrics);

  /** Closes a model that came from a learner. */
  void release(M updated);

  @Override
  void close();
}
