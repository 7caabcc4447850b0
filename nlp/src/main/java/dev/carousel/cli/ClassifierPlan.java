package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.Split;
import dev.carousel.embed.WordVectors;
import dev.carousel.rnn.Precision;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.ClassifierTrainer;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code train classify}: labelled files, and how a classifier learns from them. */
final class ClassifierPlan implements TrainingPlan {
  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "Labelled texts to learn from.")
  private Path train = Path.of("");

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description = "Labelled texts that select the best epoch.")
  private @Nullable Path dev;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Labelled texts to measure the model on.")
  private @Nullable Path test;

  @Mixin private DataFlags data;
  @Mixin private VectorFlags vectors;
  @Mixin private SettingsFlags settings;

  @Override
  public long seed() {
    return settings.seed();
  }

  @Override
  public void check(Precision precision) throws IOException {
    settings.settings(precision);
    data.files();
    vectors.check();
  }

  @Override
  public ClassifierTraining training(long seed, Precision precision, Console console)
      throws IOException {
    DataFiles files = data.files();
    DataSet all = files.read(train, console);
    Split split = dev == null ? Split.tenth(all, seed) : new Split(all, files.read(dev, console));
    DataSet measured = test == null ? null : files.read(test, console);
    ClassifierSettings learned = settings.settings(precision, split.train()).withSeed(seed);
    WordVectors pretrained =
        vectors.read(
            () -> ClassifierTrainer.words(learned, split.train()),
            learned.architecture().embedding(),
            console);
    return new ClassifierTraining(
        split, measured, vectors.freeze() ? learned.withFrozenEmbedding() : learned, pretrained);
  }
}
