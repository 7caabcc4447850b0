package dev.carousel.translate;

import dev.carousel.data.PairSet;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.Provenance;
import dev.carousel.text.Extent;
import dev.carousel.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * From a sentence to a sentence. Immutable, and safe for any number of threads. The creator closes
 * it, and its backend after it.
 *
 * <pre>{@code
 * try (Backend backend = Backends.best();
 *     Translator model = Translator.load(directory, backend)) {
 *   String english = model.translate("我喜欢吃苹果。").text();
 * }
 * }</pre>
 */
public final class Translator implements AutoCloseable {
  /** The name of the task in a model's configuration. */
  public static final String TASK = TranslatorConfig.TASK;

  private final TranslatorParts parts;
  private final Provenance provenance;

  Translator(TranslatorParts parts, Provenance provenance) {
    this.parts = parts;
    this.provenance = provenance;
  }

  /**
   * Trains a translator; {@link TranslatorTrainer} has more to choose.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @param backend what computes; it must outlive the model
   */
  public static Translator train(
      PairSet train, PairSet dev, TranslatorSettings settings, Backend backend) {
    return new TranslatorTrainer(settings, backend).fit(train, dev).model();
  }

  /**
   * Reads a model in the precision it was trained in.
   *
   * @param directory what {@link #save} wrote
   * @param backend what computes; it must outlive the model
   * @throws dev.carousel.store.StoreException if the directory holds no translator or is damaged,
   *     naming the file
   */
  public static Translator load(Path directory, Backend backend) {
    return TranslatorFiles.load(directory, backend, null);
  }

  /** The same, computing in another precision. */
  public static Translator load(Path directory, Backend backend, Precision precision) {
    return TranslatorFiles.load(directory, backend, precision);
  }

  /**
   * Writes the model: all of it, or nothing if that fails.
   *
   * @param directory absent, empty, or holding a model that is replaced
   * @throws dev.carousel.store.StoreException if it cannot be written
   */
  public void save(Path directory) {
    ModelDirectory.write(directory, contents());
  }

  /**
   * What {@link #save} writes, for a task that is built on a translator and adds files of its own.
   */
  public ModelDirectory.Contents contents() {
    return TranslatorFiles.contents(this);
  }

  /**
   * The translator within another task's model directory.
   *
   * @param files the open directory, with the texts and the weights of {@link #contents}
   * @param config its configuration
   */
  public static Translator within(
      Path directory, ModelDirectory files, TranslatorConfig config, Backend backend) {
    return TranslatorFiles.read(directory, files, config, backend);
  }

  /** Where the model comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /** The model with results in its provenance, say {@code test.bleu}; it is the same model. */
  public Translator withMetrics(Map<String, Double> metrics) {
    return new Translator(parts, provenance.withMetrics(metrics));
  }

  /** Number of parameters. */
  public long size() {
    return parts.parameters().values().size();
  }

  /** Translates one text with a beam of 5; an empty one stays empty. */
  public Translation translate(String text) {
    return translate(List.of(text), TranslationOptions.DEFAULT).get(0);
  }

  /**
   * Translates texts, in batches of similar length; the answers are in the texts' order. Of a text
   * that is longer than the model reads, the first tokens are translated, and the answer tells.
   */
  public List<Translation> translate(List<String> texts, TranslationOptions options) {
    return translate(texts, options, new StopSignal());
  }

  /**
   * The same until somebody asks it to stop, or a deadline passes: after the token under way
   * translations end where they are, those not begun are empty, and both say that their end was
   * {@link dev.carousel.decode.Ending#FORCED}.
   */
  public List<Translation> translate(
      List<String> texts, TranslationOptions options, StopSignal stop) {
    return new Translating(parts, options, stop).of(texts);
  }

  /** How much of a text would be read. */
  public Extent extent(String text) {
    return parts.text().source().read(text).extent();
  }

  /**
   * Looks inside while the model translates one text with a beam of 5: what encoder and decoder
   * did, and what each written token looked at.
   */
  public Inspection inspect(String text) {
    return inspect(text, InspectionOptions.GATES);
  }

  /**
   * The same with more to see: the score whose gradient is followed to the source's tokens is the
   * log probability of the translation, or of one of its tokens, its end among them, given those
   * before it.
   *
   * @throws IllegalArgumentException if the options ask for a token that the translation or the
   *     vocabulary has not, or for another word without a place
   */
  public Inspection inspect(String text, InspectionOptions options) {
    return new TranslatorInspector(parts).inspect(text, options);
  }

  /**
   * Translates the sources and compares with the targets.
   *
   * @throws IllegalArgumentException if there are none
   */
  public TranslationScores evaluate(PairSet data, TranslationOptions options) {
    return new TranslatorEvaluator(parts, options).evaluate(data);
  }

  TranslatorParts parts() {
    return parts;
  }

  /** Gives the memory back, once the translations under way are done. */
  @Override
  public void close() {
    parts.close();
  }
}
