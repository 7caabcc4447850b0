package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import java.io.IOException;

/**
 * The flags of one task's training, an object for picocli to fill: what to learn from, and how. The
 * verb {@code train TASK} mixes it in, and a recipe fills it from its file.
 */
interface TrainingPlan {
  /** Of weights, batches, dropout and splits. */
  long seed();

  /**
   * Checks the flags before any data is read.
   *
   * @throws IllegalArgumentException naming the flag that is wrong
   */
  void check(Precision precision) throws IOException;

  /**
   * Reads the data and decides everything.
   *
   * @param seed in place of the flag's
   * @throws dev.carousel.data.DataException if a file cannot be understood, naming the line
   */
  Training<?> training(long seed, Precision precision, Console console) throws IOException;
}
