package dev.carousel.cli;

import dev.carousel.eval.Measurement;
import dev.carousel.model.Inspection;
import dev.carousel.model.ModelFlow;
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

  /**
   * Looks inside while it reads a text.
   *
   * @throws IOException if the text cannot be read as the flags say it is
   * @throws IllegalArgumentException if it cannot show what is asked for
   */
  Inspection inspect(String text, InspectFlags flags) throws IOException;

  /**
   * Follows gradients back in time on its own kind of data.
   *
   * @throws IOException if the data cannot be read
   * @throws IllegalArgumentException if that is not offered for its task
   */
  default ModelFlow gradientFlow(FlowDataFlags flags, Console console) throws IOException {
    throw new IllegalArgumentException(
        "gradients are followed in classifiers, taggers and language models, not in this one");
  }

  @Override
  void close();
}
