package dev.carousel.tag;

import dev.carousel.data.BucketedBatches;
import dev.carousel.data.SourceFile;
import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.embed.WordVectors;
import dev.carousel.lm.LanguageModel;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.store.Provenance;
import dev.carousel.tag.TaggerArchitecture.WordTable;
import dev.carousel.train.Trainer;
import dev.carousel.train.TrainingResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Trains taggers.
 *
 * <pre>{@code
 * TaggerTrainer.Fit fit =
 *     new TaggerTrainer(TaggerSettings.DEFAULT, backend).listener(progress).fit(train, dev);
 * }</pre>
 *
 * <p>Vocabularies, tags and intents come from the training sentences alone. After each epoch the
 * model is measured on the development sentences, and the best epoch's parameters are kept.
 */
public final class TaggerTrainer extends TaskTrainer<TaggerTrainer> {
  /** Lengths within so many tokens of each other count as similar when batches are made. */
  private static final int BUCKET_WIDTH = 4;

  private final TaggerSettings settings;
  private @Nullable WordVectors vectors;
  private List<LanguageModel> contextual = List.of();
  private long cache;

  /**
   * A trained model and how it came about.
   *
   * @param model the best epoch's model; the caller closes it
   * @param result how training ended
   */
  public record Fit(SequenceTagger model, TrainingResult result) {}

  /**
   * A trainer.
   *
   * @param settings what to train
   * @param backend what computes; it must outlive the models
   */
  public TaggerTrainer(TaggerSettings settings, Backend backend) {
    super(backend);
    this.settings = settings;
  }

  @Override
  protected TaggerTrainer self() {
    return this;
  }

  /**
   * Begins with these vectors for the words that have one.
   *
   * @throws IllegalArgumentException if their size is not that of the words' features
   */
  public TaggerTrainer vectors(WordVectors pretrained) {
    if (pretrained.size() != settings.architecture().embedding()) {
      throw new IllegalArgumentException(
          "the vectors have %d features, the network's words %d: make them equal"
              .formatted(pretrained.size(), settings.architecture().embedding()));
    }
    vectors = pretrained;
    return this;
  }

  /**
   * Gives words the states of character models as features, say of one that reads forwards and one
   * that reads backwards. They stay as they are, and {@link #fit} takes them over: the tagger holds
   * them, saves them with itself and closes them.
   *
   * @param models models of characters that carry their state
   * @param cacheBytes memory for the states of training and development sentences, 0 or more; those
   *     that do not fit are read in each epoch
   * @throws IllegalArgumentException if a model is of another kind
   */
  public TaggerTrainer contextual(List<LanguageModel> models, long cacheBytes) {
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("the cache must have 0 bytes or more, not " + cacheBytes);
    }
    models.forEach(LanguageModel::states);
    contextual = List.copyOf(models);
    cache = cacheBytes;
    return this;
  }

  /**
   * The words that vectors are wanted for.
   *
   * @param train what will be learned from
   */
  public static List<String> words(TaggerSettings settings, TaggedData train) {
    return SentenceEncoder.of(settings.words(), train).words().tokens();
  }

  /**
   * Trains a model.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @throws IllegalArgumentException if a data set is empty or has other columns than the other, if
   *     there are fewer than two tags, or if a frozen table has no vectors
   */
  public Fit fit(TaggedData train, TaggedData dev) {
    requireTags(train);
    requireTags(dev);
    if (settings.architecture().table() == WordTable.FROZEN && vectors == null) {
      throw new IllegalArgumentException(
          "a frozen table of words needs pretrained vectors; without any, tune it");
    }
    SentenceEncoder encoder =
        SentenceEncoder.of(settings.words(), train).with(new Contextual(contextual));
    TaggerConfig config = config(train);
    Instant begun = Instant.now();
    TaggerParts parts = TaggerParts.create(config, encoder, backend(), settings.training().seed());
    try {
      if (vectors != null) {
        vectors.copyInto(parts.wordSet(), parts.network().encoder().words(), encoder.words());
      }
      TrainingResult result = learn(parts, train, dev);
      Provenance provenance = provenance(settings, sources(train, dev), begun, result);
      return new Fit(new SequenceTagger(parts, settings.words().tokenizer(), provenance), result);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static void requireTags(TaggedData data) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(data.name() + " has no sentences");
    }
    for (TaggedSentence sentence : data.sentences()) {
      if (sentence.size() > 0 && sentence.tags().isEmpty()) {
        throw new IllegalArgumentException(
            data.name() + " has a sentence without tags: " + sentence.tokens());
      }
    }
  }

  private TaggerConfig config(TaggedData train) {
    TreeSet<String> tags = new TreeSet<>();
    train.sentences().forEach(sentence -> tags.addAll(sentence.tags()));
    TagScheme scheme = TagScheme.detect(tags);
    TagSet learned = TagSet.of(train, settings.architecture().scheme().of(scheme));
    return new TaggerConfig(
        TaggerConfig.TASK,
        settings.words().tokenizer().spec(),
        settings.words().normalizer().spec(),
        train.features(),
        settings.architecture(),
        settings.regularisation(),
        settings.precision(),
        scheme,
        learned.names(),
        intents(train));
  }

  /** The intents of the training sentences; none if they have none or nobody wants them. */
  private List<String> intents(TaggedData train) {
    if (!train.labelled() || settings.learning().intentWeight() == 0) {
      return List.of();
    }
    TreeSet<String> all = new TreeSet<>();
    train.sentences().stream()
        .map(TaggedSentence::label)
        .filter(Objects::nonNull)
        .forEach(all::add);
    if (all.size() < 2) {
      throw new IllegalArgumentException(
          train.name() + " has the only intent " + all + "; give intents the weight 0");
    }
    return List.copyOf(all);
  }

  private TrainingResult learn(TaggerParts parts, TaggedData train, TaggedData dev) {
    TaggerLearning learning = settings.learning();
    TaggerEvaluator evaluator = new TaggerEvaluator(parts);
    Contextual models = parts.encoder().contextual();
    List<EncodedSentence> learnt = models.fill(encoded(parts, train), cache);
    long left = cache - learnt.stream().mapToLong(models::bytes).sum();
    List<EncodedSentence> selecting = models.fill(encoded(parts, dev), Math.max(0, left));
    TagBatch all = TagBatch.of(parts, train.sentences(), learnt);
    TagExamples examples =
        new TagExamples(
            all,
            new BucketedBatches(learning.batch(), BUCKET_WIDTH, settings.training().seed()),
            models,
            settings.regularisation().word());
    try (TagLosses losses = TagLosses.of(parts, learning.loss(), all)) {
      Trainer<TagBatch> trainer =
          Trainer.of(
                  parts.parameters(),
                  parts.network().task(losses, learning.intentWeight()),
                  examples)
              .settings(settings.training())
              .evaluator(() -> metrics(evaluator.evaluate(dev, selecting)));
      return run(trainer);
    }
  }

  private static List<EncodedSentence> encoded(TaggerParts parts, TaggedData data) {
    return data.sentences().stream().map(parts.encoder()::encode).toList();
  }

  private static Map<String, Double> metrics(TaggingEvaluation e) {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put(SequenceTagger.SCORE, e.score());
    metrics.put(e.scheme() == TagScheme.PLAIN ? "accuracy" : "f1", e.f1());
    if (!Double.isNaN(e.intentAccuracy())) {
      metrics.put("intentAccuracy", e.intentAccuracy());
    }
    return metrics;
  }

  private List<SourceFile> sources(TaggedData train, TaggedData dev) {
    List<SourceFile> all = new ArrayList<>(train.sources());
    all.addAll(dev.sources());
    if (vectors != null) {
      all.add(vectors.source());
    }
    return all;
  }
}
