package dev.carousel.cli;

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
import picocli.CommandLine.Mixin;

/** Flags of {@code train classify}: labelled files, and how a classifier learns from them. */
final class ClassifierPlan implements TrainingPlan {
  @Mixin private TextSetFlags texts;
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
    selecting(model == null ? settings.settings(precision) : fineTuned(model, precision));
    texts.check();
    vectors.check();
  }

  /** The settings with their choice of an epoch, or without one if nothing is to choose by. */
  private ClassifierSettings selecting(ClassifierSettings asked) {
    return texts.noDev() ? asked.withoutSelection() : asked;
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
    TextSets sets = texts.read(seed, console);
    Pretrained model = pretrained.model();
    ClassifierSettings asked =
        model == null ? settings.settings(precision, sets.train()) : fineTuned(model, precision);
    ClassifierSettings learned = selecting(asked).withSeed(seed);
    WordVectors words =
        vectors.read(
            () -> ClassifierTrainer.words(learned, sets.train()),
            learned.architecture().embedding(),
            console);
    ClassifierSettings decided = vectors.freeze() ? learned.withFrozenEmbedding() : learned;
    return new ClassifierTraining(sets, decided, words, model);
  }
}
