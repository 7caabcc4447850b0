package dev.carousel.lm;

import dev.carousel.data.BucketedBatches;
import dev.carousel.data.Corpus;
import dev.carousel.data.SourceFile;
import dev.carousel.lm.Unrolling.Kind;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.train.BatchSource;
import dev.carousel.train.Trainer;
import dev.carousel.train.TrainingResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains language models.
 *
 * <pre>{@code
 * LanguageTrainer.Fit fit =
 *     new LanguageTrainer(LanguageSettings.CHARACTERS, backend)
 *         .listener(progress)
 *         .fit(train, dev);
 * }</pre>
 *
 * <p>The vocabulary comes from the training text alone. After each epoch the model is measured on
 * the development text, and the best epoch's parameters are kept.
 */
public final class LanguageTrainer extends TaskTrainer<LanguageTrainer> {
  private final LanguageSettings settings;
  private @Nullable Pretrained pretrained;
  private int newTokens;

  /**
   * A trained model and how it came about.
   *
   * @param model the best epoch's model; the caller closes it
   * @param result how training ended
   */
  public record Fit(LanguageModel model, TrainingResult result) {}

  /**
   * A trainer.
   *
   * @param settings what to train
   * @param backend what computes; it must outlive the models
   */
  public LanguageTrainer(LanguageSettings settings, Backend backend) {
    super(backend);
    this.settings = settings;
  }

  @Override
  protected LanguageTrainer self() {
    return this;
  }

  /**
   * Begins with this model's weights and vocabulary in place of drawing and learning them.
   *
   * @param newTokens tokens that occur so often in the training text are learned if the model does
   *     not know them, and begin as the mean of all it knows; 0 to leave them unknown
   * @throws IllegalArgumentException if it does not fit the settings, naming both values
   */
  public LanguageTrainer from(Pretrained model, int newTokens) {
    LanguageSettings fitting = settings.continuing(model);
    if (!settings.architecture().equals(fitting.architecture())) {
      throw new IllegalArgumentException(
          "the settings ask for %s, but %s holds %s"
              .formatted(settings.architecture(), model.directory(), fitting.architecture()));
    }
    if (newTokens > 0 && model.architecture().embedding() == 0) {
      throw new IllegalArgumentException(
          model.directory() + " reads one-hot tokens, so it cannot learn new ones");
    }
    pretrained = model;
    this.newTokens = newTokens;
    return this;
  }

  private LanguageCodec codec(Corpus train) {
    if (pretrained == null) {
      return LanguageCodec.learn(settings.text(), train);
    }
    LanguageCodec known = pretrained.codec();
    return newTokens == 0 ? known : known.extended(train, newTokens);
  }

  /**
   * Trains a model.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @throws IllegalArgumentException if a text is empty or too short for the settings
   */
  public Fit fit(Corpus train, Corpus dev) {
    LanguageCodec codec = codec(train);
    BatchSource<Window> windows = windows(codec.stream(train));
    LanguageConfig config = LanguageConfig.of(settings, codec);
    LanguageLearning learning = settings.learning();
    Instant begun = Instant.now();
    LanguageParts parts =
        LanguageParts.create(
            config, codec, backend(), learning.initRange(), settings.training().seed());
    try {
      List<SourceFile> files =
          new ArrayList<>(
              Stream.of(train, dev).flatMap(text -> text.sources().stream()).distinct().toList());
      if (pretrained != null) {
        pretrained.copyInto(parts.parameters());
        files.add(pretrained.source());
      }
      TrainingResult result = run(parts, windows, dev);
      return new Fit(new LanguageModel(parts, provenance(settings, files, begun, result)), result);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private BatchSource<Window> windows(int[] stream) {
    Unrolling unrolling = settings.learning().unrolling();
    int rows = settings.learning().rows();
    long seed = settings.training().seed();
    return unrolling.kind() == Kind.SLIDING
        ? new SlidingWindows(stream, unrolling, new BucketedBatches(rows, 1, seed))
        : new CarriedWindows(stream, rows, unrolling, seed);
  }

  private TrainingResult run(LanguageParts parts, BatchSource<Window> windows, Corpus dev) {
    int rows = settings.learning().rows();
    try (LanguageTask task = new LanguageTask(backend(), parts.network(), settings)) {
      return run(
          Trainer.of(parts.parameters(), task, windows)
              .settings(settings.training())
              .evaluator(() -> metrics(parts.evaluate(dev, rows))));
    }
  }

  private static Map<String, Double> metrics(LanguageEvaluation e) {
    return Map.of(LanguageLearning.LOSS, e.loss(), "perplexity", e.perplexity());
  }
}
