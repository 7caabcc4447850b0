package dev.carousel.cli;

import dev.carousel.data.Corpus;
import dev.carousel.data.Corpus.Cut;
import dev.carousel.data.Corpus.Parts;
import dev.carousel.lm.FineTuning.Unfreezing;
import dev.carousel.lm.LanguageArchitecture;
import dev.carousel.lm.LanguageLearning;
import dev.carousel.lm.LanguageSettings;
import dev.carousel.lm.LanguageText;
import dev.carousel.lm.Level;
import dev.carousel.lm.Pretrained;
import dev.carousel.rnn.Precision;
import dev.carousel.train.Goal;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code train lm}: running text, and how a language model learns from it. */
final class LanguagePlan implements TrainingPlan {
  private static final double DEFAULT_DEV_PART = 0.05;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "Text to learn from; for words and subwords a sentence a line.")
  private Path train = Path.of("");

  @Option(names = "--dev", paramLabel = "FILE", description = "Text that selects the best epoch.")
  private @Nullable Path dev;

  @Option(names = "--test", paramLabel = "FILE", description = "Text to measure the model on.")
  private @Nullable Path test;

  @Option(
      names = "--test-part",
      paramLabel = "SHARE",
      description = "Without --test: the last part of --train is the test (default: none).")
  private double testPart;

  @Option(
      names = "--dev-part",
      paramLabel = "SHARE",
      description = {
        "Without --dev: the last part of what remains of --train selects the best epoch",
        "(default: 0.05)."
      })
  private double devPart;

  @Mixin private LanguageTextFlags text;
  @Mixin private LanguageModelFlags model;
  @Mixin private LanguageDropoutFlags drop;
  @Mixin private UnrollingFlags unrolling;

  @Mixin private PretrainedFlags pretrained;

  @Option(
      names = "--new-words",
      paramLabel = "N",
      description = {
        "With --from: tokens that the model does not know and that occur N times in --train are",
        "learned, beginning as the mean of all; 0 to leave them unknown (default: 0)."
      })
  private int newWords;

  @Mixin private TrainingFlags training = new TrainingFlags(TrainingDefaults.LANGUAGE_MODEL);

  @Override
  public long seed() {
    return training.seed();
  }

  @Override
  public void check(Precision precision) throws IOException {
    settings(precision);
    require("--test-part", test, testPart);
    require("--dev-part", dev, devPart);
  }

  private static void require(String flag, @Nullable Path file, double share) {
    if (file != null && share != 0) {
      throw new IllegalArgumentException(
          flag + " cuts a part off --train where no file is given for it; there is " + file);
    }
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(flag + " must be 0 to below 1, not " + share);
    }
  }

  private LanguageSettings settings(Precision precision) throws IOException {
    Pretrained from = pretrained.model();
    if (from != null) {
      return continued(from, precision);
    }
    if (newWords != 0) {
      throw new IllegalArgumentException("--new-words is for a model given with --from");
    }
    return settings(text.settings(), model.architecture(), precision);
  }

  /** The settings of a model that goes on, which no flag may contradict. */
  private LanguageSettings continued(Pretrained from, Precision precision) {
    pretrained.requireAbsent(
        "--tokenizer", "--merges", "--normalize", "--min-count", "--max-vocabulary");
    pretrained.requireAbsent("--init-range");
    pretrained.requireSame("--direction", text.reading(), from.reading());
    if (newWords < 0) {
      throw new IllegalArgumentException("--new-words must be 0 or more, not " + newWords);
    }
    LanguageArchitecture a = model.architecture();
    LanguageArchitecture theirs = from.architecture();
    pretrained.requireSame("--level", text.level(from.level()), from.level());
    pretrained.requireSame("--cell", a.cell(), theirs.cell());
    pretrained.requireSame("--layers", a.layers(), theirs.layers());
    pretrained.requireSame("--hidden", a.hidden(), theirs.hidden());
    pretrained.requireSame("--embedding", a.embedding(), theirs.embedding());
    pretrained.requireSame("--tied", a.output(), theirs.output());
    CellFlags.requireSame(pretrained, a.cells(), theirs.cells());
    return settings(LanguageText.WORDS, theirs, precision)
        .continuing(from)
        .withFineTuning(pretrained.tuning(Unfreezing.ALL));
  }

  private LanguageSettings settings(
      LanguageText tokens, LanguageArchitecture architecture, Precision precision) {
    return new LanguageSettings(
        tokens,
        architecture,
        drop.regularisation(architecture.layers()),
        unrolling.learning(
            training.batch(), training.settings(LanguageLearning.LOSS, Goal.MINIMIZE)),
        precision);
  }

  @Override
  public LanguageTraining training(long seed, Precision precision, Console console)
      throws IOException {
    Pretrained from = pretrained.model();
    Level level = from == null ? text.level() : from.level();
    Cut where = level == Level.CHARACTER ? Cut.CHARACTER : Cut.LINE;
    Corpus rest = Corpus.read(train);
    Corpus measured = test == null ? null : Corpus.read(test);
    if (testPart > 0) {
      Parts parts = rest.cutLast(testPart, where);
      rest = parts.first();
      measured = parts.last();
    }
    Corpus selecting = dev == null ? null : Corpus.read(dev);
    if (selecting == null) {
      Parts parts = rest.cutLast(devPart == 0 ? DEFAULT_DEV_PART : devPart, where);
      rest = parts.first();
      selecting = parts.last();
    }
    return new LanguageTraining(
        rest,
        selecting,
        measured,
        settings(precision).withSeed(seed),
        from == null ? null : new LanguageTraining.Beginning(from, newWords));
  }
}
