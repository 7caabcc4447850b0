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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
   * Trains a model.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @throws IllegalArgumentException if a text is empty or too short for the settings
   */
  public Fit fit(Corpus train, Corpus dev) {
    LanguageCodec codec = LanguageCodec.learn(settings.text(), train);
    BatchSource<Window> windows = windows(codec.stream(train));
    LanguageConfig config = LanguageConfig.of(settings, codec);
    LanguageLearning learning = settings.learning();
    Instant begun = Instant.now();
    LanguageParts parts =
        LanguageParts.create(
            config, codec, backend(), learning.initRange(), settings.training().seed());
    try {
      TrainingResult result = run(parts, windows, dev);
      List<SourceFile> files =
          Stream.of(train, dev).flatMap(text -> text.sources().stream()).distinct().toList();
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
