package dev.carousel.model;

import dev.carousel.rnn.Precision;
import dev.carousel.train.TrainingSettings;
import java.util.SortedMap;

/** Everything that decides what a model becomes, given the same data. */
public interface TaskSettings {
  /** Optimizer, learning rate, epochs, clipping, selection and seed. */
  TrainingSettings training();

  /** The arithmetic. */
  Precision precision();

  /**
   * Every setting by its name on the command line, as text: for provenance and for comparing runs.
   */
  SortedMap<String, String> describe();
}
