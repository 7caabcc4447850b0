package dev.carousel.taskkit;

import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.text.Extent;
import dev.carousel.train.TrainingResult;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A task as the kit sees it: a tiny model on tiny data, trained in a second or two.
 *
 * @param <M> the task's model, which the kit closes
 */
public interface KitTask<M extends AutoCloseable> {
  /**
   * A trained model and how it came about.
   *
   * @param <M> the model
   */
  record Outcome<M>(M model, TrainingResult result) {}

  /** Trains the tiny model for so many epochs, at least two steps each; always the same seed. */
  Outcome<M> train(Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare);

  /** Writes a model. */
  void save(M model, Path directory);

  /** Reads a model. */
  M load(Path directory, Backend backend);

  /** Answers texts, one answer each; answers that mean the same are equal, numbers included. */
  List<?> answers(M model, List<String> texts);

  /** The part of an answer that no rounding changes: a label, tags, words. */
  String outline(Object answer);

  /** Numbers of the answers to texts, which rounding changes a little: probabilities, scores. */
  List<Double> scores(M model, List<String> texts);

  /** How much of its text an answer comes from. */
  Extent extent(Object answer);

  /** The least tokens that so many Chinese characters without a space are for this task. */
  default int tokensOfChinese(int characters) {
    return characters;
  }

  /** Texts of the kind that the model was trained on. */
  List<String> ordinaryTexts();
}
