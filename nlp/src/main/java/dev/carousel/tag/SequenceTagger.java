package dev.carousel.tag;

import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.ModelFlow;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.Provenance;
import dev.carousel.text.Token;
import dev.carousel.text.TokenizedText;
import dev.carousel.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tags for the tokens of texts: entities, parts of speech, chunks, slots; and, if trained on it, an
 * intent for the whole text. Immutable, and safe for any number of threads. The creator closes it,
 * and its backend after it.
 *
 * <pre>{@code
 * try (Backend backend = Backends.best();
 *     SequenceTagger model = SequenceTagger.load(directory, backend)) {
 *   for (Span span : model.predict("Sepp Hochreiter lives in Linz.").spans()) {
 *     System.out.println(span.label() + " " + span.text());
 *   }
 * }
 * }</pre>
 */
public final class SequenceTagger implements AutoCloseable {
  /** The name of the task in a model's configuration. */
  public static final String TASK = TaggerConfig.TASK;

  /** The name under which {@link TaggingEvaluation#score} selects the best epoch. */
  public static final String SCORE = "score";

  private final TaggerParts parts;
  private final Tokenizer tokenizer;
  private final Provenance provenance;

  SequenceTagger(TaggerParts parts, Tokenizer tokenizer, Provenance provenance) {
    this.parts = parts;
    this.tokenizer = tokenizer;
    this.provenance = provenance;
  }

  /**
   * Trains a tagger; {@link TaggerTrainer} has more to choose.
   *
   * @param train what to learn from
   * @param dev what selects the best epoch
   * @param backend what computes; it must outlive the model
   */
  public static SequenceTagger train(
      TaggedData train, TaggedData dev, TaggerSettings settings, Backend backend) {
    return new TaggerTrainer(settings, backend).fit(train, dev).model();
  }

  /**
   * Reads a model in the precision it was trained in.
   *
   * @param directory what {@link #save} wrote
   * @param backend what computes; it must outlive the model
   * @throws dev.carousel.store.StoreException if the directory holds no tagger or is damaged,
   *     naming the file
   */
  public static SequenceTagger load(Path directory, Backend backend) {
    return TaggerFiles.load(directory, backend, null);
  }

  /** The same, computing in another precision. */
  public static SequenceTagger load(Path directory, Backend backend, Precision precision) {
    return TaggerFiles.load(directory, backend, precision);
  }

  /**
   * Writes the model: all of it, or nothing if that fails.
   *
   * @param directory absent, empty, or holding a model that is replaced
   * @throws dev.carousel.store.StoreException if it cannot be written
   */
  public void save(Path directory) {
    TaggerFiles.save(this, directory);
  }

  /** The scheme of the tags that it answers with. */
  public TagScheme scheme() {
    return parts.config().scheme();
  }

  /** The intents that it knows; empty if it was trained without. */
  public List<String> intents() {
    return parts.config().intents();
  }

  /** The names of the further columns that it reads, say parts of speech; most models have none. */
  public List<String> features() {
    return parts.config().features();
  }

  /** Where the model comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /** The model with results in its provenance, say {@code test.f1}; it is the same model. */
  public SequenceTagger withMetrics(Map<String, Double> metrics) {
    return new SequenceTagger(parts, tokenizer, provenance.withMetrics(metrics));
  }

  /** Number of parameters. */
  public long size() {
    long size = 0;
    for (var set : parts.sets()) {
      size += set.values().size();
    }
    return size;
  }

  /** Cuts one text into tokens and tags them; the text may be empty. */
  public Tagging predict(String text) {
    return predict(List.of(text)).get(0);
  }

  /**
   * Cuts texts into tokens and tags them; the answers are in the texts' order.
   *
   * @throws IllegalArgumentException if the model needs further columns, which plain text has not
   */
  public List<Tagging> predict(List<String> texts) {
    requirePlain();
    List<List<Token>> tokens = texts.stream().map(tokenizer::tokenize).toList();
    List<EncodedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      List<String> words = tokens.get(i).stream().map(Token::text).toList();
      TokenizedText place = new TokenizedText(texts.get(i), tokens.get(i));
      sentences.add(parts.encoder().encode(TaggedSentence.untagged(words), place));
    }
    List<TaggerParts.Answer> answers = parts.answer(sentences);
    List<Tagging> taggings = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      taggings.add(tagging(texts.get(i), tokens.get(i), answers.get(i)));
    }
    return taggings;
  }

  /**
   * Tags sentences of tokens, whatever tags they have; the answers are in their order.
   *
   * @throws IllegalArgumentException if a sentence has not the columns that the model reads
   */
  public List<Tagging> tag(List<TaggedSentence> sentences) {
    sentences.forEach(this::requireFeatures);
    List<TaggerParts.Answer> answers =
        parts.answer(sentences.stream().map(parts.encoder()::encode).toList());
    List<Tagging> taggings = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      TokenizedText joined = TokenizedText.joined(sentences.get(i).tokens());
      taggings.add(tagging(joined.text(), joined.tokens(), answers.get(i)));
    }
    return taggings;
  }

  private void requirePlain() {
    if (!features().isEmpty()) {
      throw new IllegalArgumentException(
          "this tagger reads the columns "
              + features()
              + " beside the tokens, which plain text has not: give it sentences with them");
    }
  }

  /** Looks inside while the model reads one text, which may be empty. */
  public Inspection inspect(String text) {
    return inspect(text, InspectionOptions.GATES);
  }

  /**
   * The same with more to see: the score whose gradient is followed is the sum of the tags'
   * emissions, or one of them.
   *
   * @throws IllegalArgumentException if the model needs further columns, or if the options ask for
   *     a tag that it has not or a token that the text has not
   */
  public Inspection inspect(String text, InspectionOptions options) {
    requirePlain();
    List<Token> tokens = tokenizer.tokenize(text);
    TaggedSentence words = TaggedSentence.untagged(tokens.stream().map(Token::text).toList());
    EncodedSentence encoded = parts.encoder().encode(words, new TokenizedText(text, tokens));
    return new TaggerInspector(parts).inspect(words, encoded, options);
  }

  /**
   * The same of a sentence of tokens, whatever tags it has, with the columns that the model reads.
   */
  public Inspection inspect(TaggedSentence sentence, InspectionOptions options) {
    requireFeatures(sentence);
    return new TaggerInspector(parts).inspect(sentence, parts.encoder().encode(sentence), options);
  }

  /**
   * How far gradients of the tags' loss reach back in time, sentence by sentence; each tag has a
   * part in the loss.
   *
   * @throws IllegalArgumentException if no sentence has a token, or one has a tag that the model
   *     has not or lacks a column
   */
  public ModelFlow gradientFlow(TaggedData data) {
    data.sentences().forEach(this::requireFeatures);
    return new TaggerInspector(parts).flow(data);
  }

  private Tagging tagging(String text, List<Token> tokens, TaggerParts.Answer answer) {
    return new Tagging(text, tokens, answer.tags(), answer.intent());
  }

  private void requireFeatures(TaggedSentence sentence) {
    if (sentence.features().size() != features().size()) {
      throw new IllegalArgumentException(
          "this tagger reads the columns "
              + features()
              + " beside the tokens; a sentence has "
              + sentence.features().size());
    }
  }

  /**
   * Measures the model. Tags and intents that it has never seen are legal, and missed.
   *
   * @throws IllegalArgumentException if the data is empty, or has not the columns that the model
   *     reads
   */
  public TaggingEvaluation evaluate(TaggedData data) {
    return new TaggerEvaluator(parts).evaluate(data);
  }

  TaggerParts parts() {
    return parts;
  }

  Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Gives the memory back, once the predictions under way are done. */
  @Override
  public void close() {
    parts.close();
  }
}
