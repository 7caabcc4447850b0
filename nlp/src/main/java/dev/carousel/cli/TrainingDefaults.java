package dev.carousel.cli;

import dev.carousel.cli.TrainingFlags.OptimizerName;
import dev.carousel.lm.LanguageLearning;
import dev.carousel.tag.TaggerSettings;
import dev.carousel.task.LearningSettings;

/**
 * What {@link TrainingFlags} are for a task when nobody says otherwise.
 *
 * @param epochs passes over the data
 * @param batch texts a batch
 * @param optimizer the optimizer
 * @param learningRate the first one
 * @param schedule as {@code --schedule} names it
 * @param clip the global norm at which gradients are clipped; 0 for never
 */
record TrainingDefaults(
    int epochs,
    int batch,
    OptimizerName optimizer,
    double learningRate,
    String schedule,
    double clip) {
  /** The library's own for text classifiers. */
  static final TrainingDefaults CLASSIFIER =
      new TrainingDefaults(
          LearningSettings.DEFAULT.training().limits().epochs(),
          LearningSettings.DEFAULT.batch(),
          OptimizerName.ADAM,
          0.001,
          "constant",
          LearningSettings.DEFAULT.training().clipNorm());

  /** For language models: as {@link LanguageLearning#DEFAULT}, with a rate that falls to 0. */
  static final TrainingDefaults LANGUAGE_MODEL =
      new TrainingDefaults(
          LanguageLearning.DEFAULT.training().limits().epochs(),
          LanguageLearning.DEFAULT.rows(),
          OptimizerName.ADAM,
          0.002,
          "cosine",
          LanguageLearning.DEFAULT.training().clipNorm());

  /** The library's own for taggers. */
  static final TrainingDefaults TAGGER =
      new TrainingDefaults(
          TaggerSettings.DEFAULT.training().limits().epochs(),
          TaggerSettings.DEFAULT.learning().batch(),
          OptimizerName.ADAM,
          0.001,
          "constant",
          TaggerSettings.DEFAULT.training().clipNorm());
}
