package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line knows of one task. A task adds an implementation of its own and a line in
 * {@link ModelKinds}; its {@code train} verb extends {@link TrainVerb}.
 */
interface ModelKind {
  /** The task's name in a model's configuration and in recipes. */
  String task();

  /** Fresh flags of its training, for recipes. */
  TrainingPlan plan();

  /** The options of {@code eval} and {@code predict}, beyond those of all tasks, that it heeds. */
  Set<String> options();

  /**
   * Checks how its data is to be read.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  default void checkFormat(DataFlags flags) {
    flags.files();
  }

  /**
   * Reads a model.
   *
   * @param precision null for the one that it was trained in
   */
  LoadedModel load(Path directory, Backend backend, @Nullable Precision precision);

  /** What opens a model for {@code update}; empty where models do not learn from corrections. */
  default Optional<Updating.Opener> updates() {
    return Optional.empty();
  }
}
