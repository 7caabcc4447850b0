package dev.carousel.cli;

import dev.carousel.data.SourceFile;
import dev.carousel.eval.Measurement;
import dev.carousel.model.TaskSettings;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import java.util.List;
import java.util.function.Consumer;

/**
 * One training of any task, with its data read and everything decided: what {@link TrainingRun}
 * runs.
 *
 * @param <E> how well the model does
 */
interface Training<E extends Measurement> {
  /** What there is to learn from, to select by and to measure on, in one clause. */
  String announcement();

  /** Every setting. */
  TaskSettings settings();

  /** The files that it learns from and is selected by. */
  List<SourceFile> data();

  /**
   * Trains.
   *
   * @param backend outlives the result
   * @param prepare gives the task's trainer its listeners, checkpoint and stop signal
   */
  Trained<E> fit(Backend backend, Consumer<TaskTrainer<?>> prepare);
}
