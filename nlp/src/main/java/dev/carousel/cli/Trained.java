package dev.carousel.cli;

import dev.carousel.eval.Measurement;
import dev.carousel.train.TrainingResult;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model that was just trained. The creator closes it.
 *
 * @param <E> how well it does
 */
interface Trained<E extends Measurement> extends AutoCloseable {
  /** How training ended. */
  TrainingResult result();

  /**
   * What {@link #measure} measures on: {@code test}, or {@code dev} where there is no test, or
   * {@code train} where there is neither.
   */
  String measuredOn();

  /** Measures the model. */
  E measure();

  /** Writes the model, with these results in its provenance. */
  void save(Path directory, Map<String, Double> metrics);

  /** Draws what people look at beside the figures; nothing, where a task has no picture. */
  default void draw(E measured, RunFolder folder, Console console) {}

  @Override
  void close();
}
