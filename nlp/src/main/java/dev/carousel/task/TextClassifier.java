package dev.carousel.task;

import dev.carousel.data.DataSet;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.ModelFlow;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Labels for texts: topics, intents, sentiments. Immutable, and safe for any number of threads. The
 * creator closes it, and its backend after it.
 *
 * <pre>{@code
 * try (Backend backend = Backends.best();
 *     TextClassifier model = TextClassifier.load(directory, backend)) {
 *   Prediction answer = model.predict("What is the capital of Peru?");
 * }
 * }</pre>
 */
public final class TextClassifier implements AutoCloseable {
  /** The name of the task in a model's configuration. */
  public static final String TASK = ClassifierConfig.TASK;

  /** The name under which accuracy is reported while training; it selects the best epoch. */
  public static final String ACCURACY = "accuracy";

  private final ClassifierParts parts;
  private final Provenance provenance;

  TextClassifier(ClassifierParts parts, Provenance provenance) {
    this.parts = parts;
    this.provenance = provenance;
  }

  /**
   * Trains a classifier; {@link ClassifierTrainer} has more to choose.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @param backend what computes; it must outlive the model
   */
  public static TextClassifier train(
      DataSet train, DataSet dev, ClassifierSettings settings, Backend backend) {
    return new ClassifierTrainer(settings, backend).fit(train, dev).model();
  }

  /**
   * Reads a model in the precision it was trained in.
   *
   * @param directory what {@link #save} wrote
   * @param backend what computes; it must outlive the model
   * @throws dev.carousel.store.StoreException if the directory holds no text classifier or is
   *     damaged, naming the file
   */
  public static TextClassifier load(Path directory, Backend backend) {
    return ClassifierFiles.load(directory, backend, null);
  }

  /** The same, computing in another precision. */
  public static TextClassifier load(Path directory, Backend backend, Precision precision) {
    return ClassifierFiles.load(directory, backend, precision);
  }

  /**
   * Writes the model: all of it, or nothing if that fails.
   *
   * @param directory absent, empty, or holding a model that is replaced
   * @throws dev.carousel.store.StoreException if it cannot be written
   */
  public void save(Path directory) {
    ClassifierFiles.save(this, directory);
  }

  /** The labels, in the order of the network's outputs. */
  public List<String> labels() {
    return parts.labels().names();
  }

  /** Whether a text has one label or any number. */
  public Labelling labelling() {
    return parts.labels().labelling();
  }

  /** Where the model comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /** The model with results in its provenance, say {@code test.accuracy}; it is the same model. */
  public TextClassifier withMetrics(Map<String, Double> metrics) {
    return new TextClassifier(parts, provenance.withMetrics(metrics));
  }

  /** Number of parameters. */
  public long size() {
    return parts.parameters().values().size();
  }

  /** Number of tokens it knows, the two reserved ones included. */
  public int vocabularySize() {
    return parts.encoder().vocabulary().size();
  }

  /** Labels one text, which may be empty. */
  public Prediction predict(String text) {
    return predict(List.of(text)).get(0);
  }

  /**
   * Labels texts, in batches of similar length; the answers are in the texts' order. Of a text that
   * is longer than the model reads, an answer is of its first tokens, and tells.
   */
  public List<Prediction> predict(List<String> texts) {
    List<TextEncoder.Reading> read = texts.stream().map(parts.encoder()::read).toList();
    float[][] logits = parts.scorer().logits(read.stream().map(TextEncoder.Reading::ids).toList());
    return IntStream.range(0, logits.length)
        .mapToObj(i -> Prediction.of(parts.labels(), logits[i], read.get(i).extent()))
        .toList();
  }

  /** Looks inside while the model reads one text, which may be empty. */
  public Inspection inspect(String text) {
    return inspect(text, InspectionOptions.GATES);
  }

  /**
   * The same with more to see. The score whose gradient is followed is a label's before the softmax
   * or the sigmoid.
   *
   * @throws IllegalArgumentException if the options ask for a label that the model has not, or for
   *     a single token
   */
  public Inspection inspect(String text, InspectionOptions options) {
    return new ClassifierInspector(parts).inspect(text, options);
  }

  /**
   * How far gradients of the loss reach back in time, text by text; with pooling other than by the
   * last step the loss touches every step itself.
   *
   * @throws IllegalArgumentException if no text has a token, or one has a label that the model has
   *     not
   */
  public ModelFlow gradientFlow(DataSet data) {
    return new ClassifierInspector(parts)
        .flow(LabelledTexts.of(data, parts.encoder(), parts.labels()));
  }

  /**
   * Measures the model.
   *
   * @throws IllegalArgumentException if the data is empty or has a label that the model has not
   */
  public Evaluation evaluate(DataSet data) {
    return parts.evaluate(LabelledTexts.of(data, parts.encoder(), parts.labels()));
  }

  ClassifierParts parts() {
    return parts;
  }

  /** Gives the memory back, once the predictions under way are done. */
  @Override
  public void close() {
    parts.close();
  }
}
