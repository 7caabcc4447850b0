package dev.carousel.translate;

import dev.carousel.data.BucketedBatches;
import dev.carousel.data.PairSet;
import dev.carousel.data.SourceFile;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.train.Trainer;
import dev.carousel.train.TrainingResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trains translators.
 *
 * <pre>{@code
 * TranslatorTrainer.Fit fit =
 *     new TranslatorTrainer(TranslatorSettings.DEFAULT, backend)
 *         .listener(progress)
 *         .fit(train, dev);
 * }</pre>
 *
 * <p>Segmentations and vocabularies come from the training texts alone. After each epoch the
 * development texts are translated greedily, and the epoch with the best chrF is kept.
 */
public final class TranslatorTrainer extends TaskTrainer<TranslatorTrainer> {
  /** Lengths within so many tokens of each other count as similar when batches are made. */
  private static final int BUCKET_WIDTH = 4;

  private final TranslatorSettings settings;

  /**
   * A trained model and how it came about.
   *
   * @param model the best epoch's model; the caller closes it
   * @param result how training ended
   */
  public record Fit(Translator model, TrainingResult result) {}

  /**
   * A trainer.
   *
   * @param settings what to train
   * @param backend what computes; it must outlive the models
   */
  public TranslatorTrainer(TranslatorSettings settings, Backend backend) {
    super(backend);
    this.settings = settings;
  }

  @Override
  protected TranslatorTrainer self() {
    return this;
  }

  /**
   * Trains a model.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @throws IllegalArgumentException if a set is empty
   */
  public Fit fit(PairSet train, PairSet dev) {
    LearnedLanguages text = LearnedLanguages.learn(settings.text(), train);
    EncodedPairs learnt = EncodedPairs.of(train, text);
    EncodedPairs.of(dev, text); // refuses an empty set before hours of work
    TranslatorConfig config = TranslatorConfig.of(settings, text);
    Instant begun = Instant.now();
    TranslatorParts parts =
        TranslatorParts.create(config, text, backend(), settings.training().seed());
    try {
      TrainingResult result = run(trainer(parts, learnt, dev));
      List<SourceFile> files =
          Stream.of(train, dev).flatMap(set -> set.sources().stream()).toList();
      return new Fit(new Translator(parts, provenance(settings, files, begun, result)), result);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private Trainer<PairBatch> trainer(TranslatorParts parts, EncodedPairs learnt, PairSet dev) {
    TranslatorLearning learning = settings.learning();
    TranslatorTask task =
        new TranslatorTask(parts.network(), parts.text().target(), learning.smoothing());
    PairBatches batches =
        new PairBatches(
            learnt,
            new BucketedBatches(learning.batch(), BUCKET_WIDTH, learning.training().seed()),
            learning.sampling());
    TranslatorEvaluator evaluator = new TranslatorEvaluator(parts, TranslationOptions.GREEDY);
    return Trainer.of(parts.parameters(), task, batches)
        .settings(learning.training())
        .evaluator(() -> metrics(evaluator.evaluate(dev)));
  }

  private static Map<String, Double> metrics(TranslationScores scores) {
    return Map.of(
        TranslationScores.BLEU,
        scores.bleu().score(),
        TranslationScores.CHRF,
        scores.chrf().score(),
        "loss",
        Math.log(scores.perplexity()));
  }
}
