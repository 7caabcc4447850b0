package dev.carousel.cli;

import dev.carousel.eval.Measurement;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A model of some task, ready for {@code eval} and {@code predict}. The creator closes it. */
interface LoadedModel extends AutoCloseable {
  /**
   * Measures it.
   *
   * @throws IOException if the data cannot be read
   */
  Measurement evaluate(EvalFlags flags, Console console) throws IOException;

  /** A table to print above the figures, if the task has one. */
  default Optional<String> table(Measurement measured) {
    return Optional.empty();
  }

  /**
   * Answers what it reads until the end, at once where nothing more is waiting.
   *
   * @throws IOException if it cannot be read
   */
  void predict(InputStream in, PredictFlags flags, Console console) throws IOException;

  @Override
  void close();
}
