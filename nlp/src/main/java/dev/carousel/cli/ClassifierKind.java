package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.task.TextClassifier;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text classification on the command line. */
final class ClassifierKind implements ModelKind {
  @Override
  public String task() {
    return TextClassifier.TASK;
  }

  @Override
  public TrainingPlan plan() {
    return new ClassifierPlan();
  }

  @Override
  public Set<String> options() {
    return Set.of("--format", "--skip-bad-rows", "--top", "--saliency", "--of");
  }

  @Override
  public LoadedModel load(Path directory, Backend backend, @Nullable Precision precision) {
    return new LoadedClassifier(model(directory, backend, precision));
  }

  @Override
  public Optional<Updating.Opener> updates() {
    return Optional.of((folder, on, as) -> new UpdatedClassifier(model(folder, on, as)));
  }

  private static TextClassifier model(
      Path directory, Backend backend, @Nullable Precision precision) {
    return precision == null
        ? TextClassifier.load(directory, backend)
        : TextClassifier.load(directory, backend, precision);
  }
}
