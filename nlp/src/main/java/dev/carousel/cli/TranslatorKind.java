package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.translate.Translator;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translation on the command line. */
final class TranslatorKind implements ModelKind {
  @Override
  public String task() {
    return Translator.TASK;
  }

  @Override
  public TrainingPlan plan() {
    return new TranslatorPlan();
  }

  @Override
  public Set<String> options() {
    return Set.of(
        "--references",
        "--pair-columns",
        "--skip-bad-rows",
        "--beam",
        "--length-penalty",
        "--coverage-penalty",
        "--saliency",
        "--of",
        "--token");
  }

  @Override
  public LoadedTranslator load(Path directory, Backend backend, @Nullable Precision precision) {
    return new LoadedTranslator(
        precision == null
            ? Translator.load(directory, backend)
            : Translator.load(directory, backend, precision));
  }
}
