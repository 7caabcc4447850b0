package dev.carousel.lm;

import dev.carousel.data.Corpus;
import dev.carousel.decode.Sampling;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.ModelFlow;
import dev.carousel.model.ModelWeights;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.Provenance;
import dev.carousel.store.SafeTensorsWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Probabilities of the next word, character or subword, given all that comes before it; text drawn
 * from them. Immutable, and safe for any number of threads: what a reader has read is in its {@link
 * Session}. The creator closes it, after its sessions and before its backend.
 *
 * <pre>{@code
 * try (Backend backend = Backends.best();
 *     LanguageModel model = LanguageModel.load(directory, backend)) {
 *   System.out.println(model.generate("To be", 200, Sampling.PLAIN.withTemperature(0.8)));
 * }
 * }</pre>
 */
public final class LanguageModel implements AutoCloseable {
  /** The name of the task in a model's configuration. */
  public static final String TASK = LanguageConfig.TASK;

  private final LanguageParts parts;
  private final Provenance provenance;

  LanguageModel(LanguageParts parts, Provenance provenance) {
    this.parts = parts;
    this.provenance = provenance;
  }

  /**
   * Trains a model; {@link LanguageTrainer} has more to choose.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @param backend what computes; it must outlive the model
   */
  public static LanguageModel train(
      Corpus train, Corpus dev, LanguageSettings settings, Backend backend) {
    return new LanguageTrainer(settings, backend).fit(train, dev).model();
  }

  /**
   * Reads a model in the precision it was trained in.
   *
   * @param directory what {@link #save} wrote
   * @param backend what computes; it must outlive the model
   * @throws dev.carousel.store.StoreException if the directory holds no language model or is
   *     damaged, naming the file
   */
  public static LanguageModel load(Path directory, Backend backend) {
    return LanguageFiles.load(directory, backend, null);
  }

  /** The same, computing in another precision. */
  public static LanguageModel load(Path directory, Backend backend, Precision precision) {
    return LanguageFiles.load(directory, backend, precision);
  }

  /**
   * Writes the model: all of it, or nothing if that fails.
   *
   * @param directory absent, empty, or holding a model that is replaced
   * @throws dev.carousel.store.StoreException if it cannot be written
   */
  public void save(Path directory) {
    LanguageFiles.save(this, directory);
  }

  /** What its tokens are. */
  public Level level() {
    return parts.config().level();
  }

  /** Where the model comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /**
   * The model with results in its provenance, say {@code test.perplexity}; it is the same model.
   */
  public LanguageModel withMetrics(Map<String, Double> metrics) {
    return new LanguageModel(parts, provenance.withMetrics(metrics));
  }

  /** Number of parameters. */
  public long size() {
    return parts.parameters().values().size();
  }

  /** V, the tokens it knows: padding (never predicted by a trained model), unknown, and others. */
  public int vocabularySize() {
    return parts.codec().vocabulary().size();
  }

  /**
   * Measures the model on a text: every token is counted, each given all that comes before it.
   *
   * @throws IllegalArgumentException if the text is empty
   */
  public LanguageEvaluation evaluate(Corpus text) {
    return evaluate(text, 1);
  }

  /**
   * The same, faster: the text is cut into {@code rows} pieces that are read side by side, each as
   * if it were the beginning. Every token is counted.
   */
  public LanguageEvaluation evaluate(Corpus text, int rows) {
    return parts.evaluate(text, rows);
  }

  /** The perplexity of a text; see {@link LanguageEvaluation}. */
  public double perplexity(String text) {
    return evaluate(Corpus.of("text", text)).perplexity();
  }

  /**
   * Looks inside while the model reads one text, which may be empty, from the end of a line on, in
   * the order in which it reads. The answer is the likeliest next token.
   */
  public Inspection inspect(String text) {
    return inspect(text, InspectionOptions.GATES);
  }

  /**
   * The same with more to see: the gradient that is followed is that of the log probability of the
   * next token. One-hot tokens count as vectors of the vocabulary's size.
   *
   * @throws IllegalArgumentException if the options ask for a token that the model does not know,
   *     or for a single token's tag
   */
  public Inspection inspect(String text, InspectionOptions options) {
    return new LanguageInspector(parts).inspect(text, options);
  }

  /**
   * How far gradients reach back in time: the text is cut into windows that are read from a state
   * of zeros, and the loss is that of the one token after a window.
   *
   * @param length tokens a window, at least 1
   * @param windows at most so many, the first ones
   * @throws IllegalArgumentException if the text has no window of that length and a token after it
   */
  public ModelFlow gradientFlow(Corpus text, int length, int windows) {
    return new LanguageInspector(parts).flow(text, length, windows);
  }

  /** From which end it reads. */
  public Reading reading() {
    return parts.config().reading();
  }

  /**
   * What the model thinks at the tokens of texts: the contextual features of a tagger.
   *
   * @throws IllegalArgumentException if it is no model of characters that carries its state
   */
  public CharacterStates states() {
    return new CharacterStates(parts);
  }

  /**
   * Writes the model into that of another task, which has a use for it: its weights as {@code
   * name.…}, all else as texts {@code name-….…}.
   */
  public void copyInto(String name, SafeTensorsWriter weights, Map<String, String> texts) {
    LanguageFiles.copyInto(this, name, weights, texts);
  }

  /**
   * Reads what {@link #copyInto} wrote.
   *
   * @param weights of the other task's model
   * @param precision null for the one it was trained in
   */
  public static LanguageModel copied(
      String name,
      ModelDirectory files,
      ModelWeights weights,
      Backend backend,
      @Nullable Precision precision) {
    return LanguageFiles.copied(name, files, weights, backend, precision);
  }

  /**
   * A reader of one text, before its beginning; the caller closes it.
   *
   * @throws IllegalArgumentException if the model reads backwards, from where no text goes on
   */
  public Session session() {
    if (reading() == Reading.BACKWARD) {
      throw new IllegalArgumentException(
          "this model reads texts from their end and cannot continue one; train one forwards");
    }
    return new Session(parts);
  }

  /**
   * Continues a text.
   *
   * @param prompt what comes before; may be empty
   * @param tokens how many to draw
   * @return what was drawn, without the prompt
   */
  public String generate(String prompt, int tokens, Sampling sampling) {
    try (Session session = session()) {
      session.read(prompt);
      return session.generate(sampling, Session.Limits.tokens(tokens));
    }
  }

  LanguageParts parts() {
    return parts;
  }

  /** Gives the memory back, once what is under way is done. */
  @Override
  public void close() {
    parts.close();
  }
}
