package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.Split;
import dev.carousel.embed.WordVectors;
import dev.carousel.lm.FineTuning.Unfreezing;
import dev.carousel.lm.Pretrained;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.task.Architecture;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.ClassifierTrainer;
import dev.carousel.task.TextPooling;
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
  @Mixin private PretrainedFlags pretrained;

  @Override
  public long seed() {
    return settings.seed();
  }

  @Override
  public void check(Precision precision) throws IOException {
    Pretrained model = pretrained.model();
    if (model == null) {
      settings.settings(precision);
    } else {
      fineTuned(model, precision);
    }
    data.files();
    vectors.check();
  }

  /** The settings with the encoder of a language model, which no flag may contradict. */
  private ClassifierSettings fineTuned(Pretrained model, Precision precision) throws IOException {
    ClassifierSettings asked = settings.settings(precision, TextPooling.CONCAT);
    pretrained.requireAbsent("--tokenizer", "--normalize", "--min-count", "--max-vocabulary");
    pretrained.requireAbsent("--vectors", "--freeze-vectors");
    Architecture a = asked.architecture();
    pretrained.requireSame("--cell", a.cell(), model.architecture().cell());
    pretrained.requireSame("--layers", a.layers(), model.architecture().layers());
    pretrained.requireSame("--hidden", a.hidden(), model.encoderUnits());
    pretrained.requireSame("--embedding", a.embedding(), model.architecture().embedding());
    pretrained.requireSame("--bidirectional", a.direction(), Direction.FORWARD);
    CellFlags.requireSame(pretrained, a.cells(), model.architecture().cells());
    return asked.withEncoderOf(model).withFineTuning(pretrained.tuning(Unfreezing.GRADUAL));
  }

  @Override
  public ClassifierTraining training(long seed, Precision precision, Console console)
      throws IOException {
    DataFiles files = data.files();
    DataSet all = files.read(train, console);
    Split split = dev == null ? Split.tenth(all, seed) : new Split(all, files.read(dev, console));
    DataSet measured = test == null ? null : files.read(test, console);
    Pretrained model = pretrained.model();
    ClassifierSettings learned =
        (model == null ? settings.settings(precision, split.train()) : fineTuned(model, precision))
            .withSeed(seed);
    WordVectors words =
        vectors.read(
            () -> ClassifierTrainer.words(learned, split.train()),
            learned.architecture().embedding(),
            console);
    ClassifierSettings decided = vectors.freeze() ? learned.withFrozenEmbedding() : learned;
    return new ClassifierTraining(split, measured, decided, words, model);
  }
}
