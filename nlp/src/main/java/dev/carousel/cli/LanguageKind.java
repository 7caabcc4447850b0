package dev.carousel.cli;

import dev.carousel.lm.LanguageModel;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Language models on the command line. */
final class LanguageKind implements ModelKind {
  @Override
  public String task() {
    return LanguageModel.TASK;
  }

  @Override
  public TrainingPlan plan() {
    return new LanguagePlan();
  }

  @Override
  public Set<String> options() {
    return Set.of("--saliency", "--of", "--window");
  }

  @Override
  public LoadedModel load(Path directory, Backend backend, @Nullable Precision precision) {
    return new LoadedLanguageModel(model(directory, backend, precision));
  }

  /** Reads a language model and nothing else. */
  static LanguageModel model(Path directory, Backend backend, @Nullable Precision precision) {
    return precision == null
        ? LanguageModel.load(directory, backend)
        : LanguageModel.load(directory, backend, precision);
  }
}
