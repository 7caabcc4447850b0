package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.rnn.Precision;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.LearningSettings;
import dev.carousel.task.TextClassifier;
import dev.carousel.task.TextPooling;
import dev.carousel.train.Goal;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** All flags that decide what a text classifier becomes. */
final class SettingsFlags {
  @Mixin private TextFlags text;
  @Mixin private ModelFlags model;
  @Mixin private LossFlags loss;
  @Mixin private ClassSamplingFlag sample;
  @Mixin private TrainingFlags training = new TrainingFlags(TrainingDefaults.CLASSIFIER);

  ClassifierSettings settings(Precision precision) throws IOException {
    return settings(precision, TextPooling.MAX);
  }

  /** The settings with a pooling of their own when nobody says one. */
  ClassifierSettings settings(Precision precision, TextPooling pooled) throws IOException {
    return new ClassifierSettings(
        text.settings(),
        model.architecture(pooled),
        model.regularisation(),
        new LearningSettings(
            training.batch(),
            sample.sampling(),
            loss.settings(),
            training.settings(TextClassifier.ACCURACY, Goal.MAXIMIZE)),
        precision);
  }

  /** The settings with what has to be learned from the training texts first. */
  ClassifierSettings settings(Precision precision, DataSet train) throws IOException {
    return settings(precision).withText(text.settings(train));
  }

  long seed() {
    return training.seed();
  }
}
