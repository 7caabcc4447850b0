package dev.carousel.cli;

import dev.carousel.cli.TrainingFlags.OptimizerName;
import dev.carousel.eval.BleuTokenizer;
import dev.carousel.nn.AttentionScore;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.train.Goal;
import dev.carousel.translate.SamplingSchedule;
import dev.carousel.translate.TranslationScores;
import dev.carousel.translate.TranslatorArchitecture;
import dev.carousel.translate.TranslatorArchitecture.Size;
import dev.carousel.translate.TranslatorLearning;
import dev.carousel.translate.TranslatorSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All flags that decide what a translator becomes. */
final class TranslatorFlags {
  private static final int DEFAULT_SAMPLING_EPOCHS = 10;

  @Mixin private LanguageFlags text;

  @Mixin
  private RecurrentFlags recurrent =
      new RecurrentFlags(
          Direction.BIDIRECTIONAL,
          TranslatorArchitecture.DEFAULT.size().embedding(),
          TranslatorArchitecture.DEFAULT.size().hidden());

  @Option(
      names = "--attention",
      paramLabel = "SCORE",
      description = "dot, general (Luong) or additive (Bahdanau) (default: ${DEFAULT-VALUE}).")
  private AttentionScore attention = TranslatorArchitecture.DEFAULT.score();

  @Option(
      names = "--input-feeding",
      description = "Let the decoder read what it attended to; several times slower to train.")
  private boolean inputFeeding;

  @Option(
      names = "--tie",
      paramLabel = "HOW",
      description = {
        "none; output (the output layer is the target embedding); all (the source embedding too,",
        "with --share-vocabulary) (default: ${DEFAULT-VALUE})."
      })
  private Tying tie = TranslatorArchitecture.DEFAULT.tying();

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = {
        "Of embedded tokens, of what is attended to, before the output layer and between layers",
        "(default: ${DEFAULT-VALUE})."
      })
  private double dropout = TranslatorLearning.DEFAULT.dropout().embedding();

  @Option(names = "--input-dropout", paramLabel = "P", description = "Of embedded tokens alone.")
  private @Nullable Double inputDropout;

  @Option(
      names = "--memory-dropout",
      paramLabel = "P",
      description = "Of what is attended to alone.")
  private @Nullable Double memoryDropout;

  @Option(
      names = "--output-dropout",
      paramLabel = "P",
      description = "Before the output layer alone.")
  private @Nullable Double outputDropout;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "Share of probability spread over all tokens (default: ${DEFAULT-VALUE}).")
  private double labelSmoothing = TranslatorLearning.DEFAULT.smoothing();

  @Option(
      names = "--scheduled-sampling",
      paramLabel = "P",
      description = {
        "Let the decoder read its own guess in place of the right token, with a probability that",
        "rises to P (Bengio et al. 2015); step by step (default: ${DEFAULT-VALUE})."
      })
  private double sampling;

  @Option(
      names = "--sampling-epochs",
      paramLabel = "N",
      description = "Of --scheduled-sampling: epochs until it has risen (default: 10).")
  private @Nullable Integer samplingEpochs;

  @Option(
      names = "--bleu-tokenizer",
      paramLabel = "NAME",
      description = {
        "What BLEU counts: 13a, zh, char, or none for text that is tokenised already",
        "(default: ${DEFAULT-VALUE})."
      })
  private String bleuTokenizer = "13a";

  @Mixin
  private TrainingFlags training =
      new TrainingFlags(
          new TrainingDefaults(
              TranslatorLearning.DEFAULT.training().limits().epochs(),
              TranslatorLearning.DEFAULT.batch(),
              OptimizerName.ADAM,
              0.001,
              "constant",
              TranslatorLearning.DEFAULT.training().clipNorm()));

  TranslatorSettings settings(Precision precision) throws IOException {
    return new TranslatorSettings(
        text.languages(),
        new TranslatorArchitecture(
            new Size(recurrent.embedding(), recurrent.hidden(), recurrent.layers()),
            recurrent.cell(),
            recurrent.direction(),
            attention,
            inputFeeding ? InputFeeding.ON : InputFeeding.OFF,
            tie,
            recurrent.variant()),
        new TranslatorLearning(
            training.batch(),
            new Dropouts(or(inputDropout), or(memoryDropout), or(outputDropout), dropout),
            labelSmoothing,
            sampling(),
            training.settings(TranslationScores.CHRF, Goal.MAXIMIZE)),
        BleuTokenizer.named(bleuTokenizer),
        precision);
  }

  private SamplingSchedule sampling() {
    if (sampling == 0 && samplingEpochs != null) {
      throw new IllegalArgumentException("--sampling-epochs needs --scheduled-sampling above 0");
    }
    return new SamplingSchedule(
        sampling, samplingEpochs == null ? DEFAULT_SAMPLING_EPOCHS : samplingEpochs);
  }

  private double or(@Nullable Double own) {
    return own == null ? dropout : own;
  }

  long seed() {
    return training.seed();
  }
}
