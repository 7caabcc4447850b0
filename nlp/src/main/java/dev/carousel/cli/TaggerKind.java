package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.tag.SequenceTagger;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sequence tagging on the command line. */
final class TaggerKind implements ModelKind {
  @Override
  public String task() {
    return SequenceTagger.TASK;
  }

  @Override
  public TrainingPlan plan() {
    return new TaggerPlan();
  }

  @Override
  public Set<String> options() {
    return Set.of("--columns", "--skip-bad-rows", "--saliency", "--of", "--token");
  }

  @Override
  public LoadedModel load(Path directory, Backend backend, @Nullable Precision precision) {
    return new LoadedTagger(model(directory, backend, precision));
  }

  @Override
  public Optional<Updating.Opener> updates() {
    return Optional.of((folder, on, as) -> new UpdatedTagger(model(folder, on, as)));
  }

  private static SequenceTagger model(
      Path directory, Backend backend, @Nullable Precision precision) {
    return precision == null
        ? SequenceTagger.load(directory, backend)
        : SequenceTagger.load(directory, backend, precision);
  }
}
