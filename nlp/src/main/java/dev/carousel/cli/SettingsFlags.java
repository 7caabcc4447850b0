package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import dev.carousel.task.ClassifierSettings;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** All flags that decide what a text classifier becomes. */
final class SettingsFlags {
  @Mixin private TextFlags text;
  @Mixin private ModelFlags model;
  @Mixin private TrainingFlags training;

  ClassifierSettings settings(Precision precision) throws IOException {
    return new ClassifierSettings(
        text.settings(),
        model.architecture(),
        model.regularisation(),
        training.settings(),
        precision);
  }

  long seed() {
    return training.seed();
  }
}
