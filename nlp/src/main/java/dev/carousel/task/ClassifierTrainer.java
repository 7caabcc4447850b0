package dev.carousel.task;

import dev.carousel.data.BucketedBatches;
import dev.carousel.data.ClassSampler;
import dev.carousel.data.ClassSampling;
import dev.carousel.data.DataSet;
import dev.carousel.data.SourceFile;
import dev.carousel.embed.WordVectors;
import dev.carousel.lm.Pretrained;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.store.Provenance;
import dev.carousel.text.Token;
import dev.carousel.text.Vocabulary;
import dev.carousel.text.VocabularyBuilder;
import dev.carousel.train.Trainer;
import dev.carousel.train.TrainingResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains text classifiers.
 *
 * <pre>{@code
 * ClassifierTrainer.Fit fit =
 *     new ClassifierTrainer(ClassifierSettings.DEFAULT, backend)
 *         .listener(progress)
 *         .fit(train, dev);
 * }</pre>
 *
 * <p>Vocabulary and labels come from the training texts alone. After each epoch the model is
 * measured on the development texts, and the best epoch's parameters are kept; without any, the
 * last one's.
 */
public final class ClassifierTrainer extends TaskTrainer<ClassifierTrainer> {
  /** Lengths within so many tokens of each other count as similar when batches are made. */
  private static final int BUCKET_WIDTH = 4;

  private final ClassifierSettings settings;
  private @Nullable Pretrained pretrained;
  private @Nullable WordVectors vectors;

  /**
   * A trained model and how it came about.
   *
   * @param model the best epoch's model, or the last one's; the caller closes it
   * @param result how training ended
   */
  public record Fit(TextClassifier model, TrainingResult result) {}

  /**
   * A trainer.
   *
   * @param settings what to train
   * @param backend what computes; it must outlive the models
   */
  public ClassifierTrainer(ClassifierSettings settings, Backend backend) {
    super(backend);
    this.settings = settings;
  }

  @Override
  protected ClassifierTrainer self() {
    return this;
  }

  /**
   * Begins with the embedding, the recurrent layers and the vocabulary of this language model; what
   * is above them is drawn as ever.
   *
   * @throws IllegalArgumentException if its encoder is not that of the settings, naming both;
   *     {@link ClassifierSettings#withEncoderOf} makes it so
   */
  public ClassifierTrainer from(Pretrained model) {
    ClassifierSettings fitting = settings.withEncoderOf(model);
    if (!settings.architecture().equals(fitting.architecture())) {
      throw new IllegalArgumentException(
          "the settings ask for %s, but the encoder of %s is that of %s"
              .formatted(settings.architecture(), model.directory(), fitting.architecture()));
    }
    if (!settings.text().describeTokenizer().equals(fitting.text().describeTokenizer())) {
      throw new IllegalArgumentException(
          "the settings cut text by %s, but %s reads %s"
              .formatted(
                  settings.text().describeTokenizer(),
                  model.directory(),
                  fitting.text().describeTokenizer()));
    }
    pretrained = model;
    return this;
  }

  /**
   * Begins with these vectors for the tokens that have one.
   *
   * @throws IllegalArgumentException if their size is not that of the tokens' features
   */
  public ClassifierTrainer vectors(WordVectors pretrained) {
    if (pretrained.size() != settings.architecture().embedding()) {
      throw new IllegalArgumentException(
          "the vectors have %d features, the network's tokens %d: make them equal"
              .formatted(pretrained.size(), settings.architecture().embedding()));
    }
    vectors = pretrained;
    return this;
  }

  /**
   * The words that vectors are wanted for.
   *
   * @param train what will be learned from
   */
  public static List<String> words(ClassifierSettings settings, DataSet train) {
    return encoder(settings.text(), train).vocabulary().tokens();
  }

  /**
   * Trains a model.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @throws IllegalArgumentException if a data set is empty, if there are fewer than two labels, or
   *     if {@code dev} has a label that {@code train} has not
   */
  public Fit fit(DataSet train, DataSet dev) {
    return fitted(train, dev);
  }

  /**
   * Trains a model on all texts there are, and keeps the last epoch: how many it takes was seen
   * before, on texts held out.
   *
   * @param train what to learn from
   * @throws IllegalArgumentException if it is empty, if there are fewer than two labels, or if the
   *     settings select an epoch; {@link ClassifierSettings#withoutSelection} makes them not
   */
  public Fit fit(DataSet train) {
    if (settings.training().selection() != null) {
      throw new IllegalArgumentException(
          "the settings select an epoch, but there are no texts to select by: give some, or take"
              + " the settings without selection");
    }
    return fitted(train, null);
  }

  private Fit fitted(DataSet train, @Nullable DataSet dev) {
    if (pretrained != null && vectors != null) {
      throw new IllegalArgumentException(
          "a classifier begins with a language model or with vectors, not with both");
    }
    Labels labels = Labels.of(train);
    TextEncoder encoder =
        pretrained == null
            ? encoder(settings.text(), train)
            : new TextEncoder(
                pretrained.tokenizer(), pretrained.vocabulary(), settings.text().maxTokens());
    LabelledTexts learnt = LabelledTexts.of(train, encoder, labels);
    LabelledTexts measured = dev == null ? null : LabelledTexts.of(dev, encoder, labels);
    ClassifierConfig config = ClassifierConfig.of(settings, labels);
    long seed = settings.learning().training().seed();
    Instant begun = Instant.now();
    ClassifierParts parts = ClassifierParts.create(config, encoder, backend(), seed);
    try {
      if (vectors != null) {
        vectors.copyInto(parts.parameters(), parts.network().table(), encoder.vocabulary());
      }
      if (pretrained != null) {
        pretrained.copyEncoder(parts.parameters());
      }
      TrainingResult result = run(parts, learnt, measured);
      Provenance provenance = provenance(settings, sources(train, dev), begun, result);
      return new Fit(new TextClassifier(parts, provenance), result);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private List<SourceFile> sources(DataSet train, @Nullable DataSet dev) {
    List<SourceFile> all = new ArrayList<>(train.sources());
    if (dev != null) {
      all.addAll(dev.sources());
    }
    if (vectors != null) {
      all.add(vectors.source());
    }
    if (pretrained != null) {
      all.add(pretrained.source());
    }
    return all;
  }

  private static TextEncoder encoder(TextSettings text, DataSet train) {
    VocabularyBuilder builder =
        new VocabularyBuilder().minCount(text.minCount()).maxSize(text.maxVocabulary());
    train.examples().stream()
        .map(example -> text.tokenizer().tokenize(example.text()))
        .forEach(
            tokens ->
                builder.add(tokens.stream().limit(text.maxTokens()).map(Token::text).toList()));
    Vocabulary vocabulary = builder.build();
    return new TextEncoder(text.tokenizer(), vocabulary, text.maxTokens());
  }

  private TrainingResult run(
      ClassifierParts parts, LabelledTexts learnt, @Nullable LabelledTexts measured) {
    LearningSettings learning = settings.learning();
    LossSettings loss = learning.loss();
    float @Nullable [] weights =
        ClassifierTask.weights(loss.classWeights(), parts.labels(), learnt);
    try (ClassifierTask task =
        new ClassifierTask(backend(), parts.network(), parts.labels(), weights, loss)) {
      Trainer<TextBatch> trainer =
          Trainer.of(parts.parameters(), task, batches(learnt, parts.labels()))
              .settings(learning.training());
      if (measured != null) {
        trainer.evaluator(() -> metrics(parts.evaluate(measured)));
      }
      return run(trainer);
    }
  }

  private TextBatches batches(LabelledTexts learnt, Labels labels) {
    LearningSettings learning = settings.learning();
    return new TextBatches(
        learnt,
        sampler(learnt, labels),
        new BucketedBatches(learning.batch(), BUCKET_WIDTH, learning.training().seed()),
        settings.regularisation().word());
  }

  private ClassSampler sampler(LabelledTexts learnt, Labels labels) {
    ClassSampling sampling = settings.learning().sampling();
    boolean single = labels.labelling() == Labelling.SINGLE;
    if (!single && sampling != ClassSampling.NATURAL) {
      throw new IllegalArgumentException(
          "sampling by label (%s) is for data with one label a text; this data has several"
              .formatted(sampling));
    }
    int[] ids = learnt.labels().stream().mapToInt(own -> single ? own[0] : 0).toArray();
    long seed = settings.learning().training().seed();
    return new ClassSampler(sampling, ids, labels.size(), seed);
  }

  private static Map<String, Double> metrics(Evaluation e) {
    return Map.of(TextClassifier.ACCURACY, e.accuracy(), "macroF1", e.macroF1(), "loss", e.loss());
  }
}
