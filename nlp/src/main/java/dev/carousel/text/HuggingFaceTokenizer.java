package dev.carousel.text;

import dev.carousel.data.DataException;
import dev.carousel.store.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a {@code tokenizer.json} of Hugging Face says, by their library: BPE, WordPiece, Unigram and
 * whatever else it reads, with the file's own normalisation. It needs the artifact {@code
 * ai.djl.huggingface:tokenizers}, an optional dependency; nothing is ever fetched.
 *
 * <p>No token is put around a text ({@code [CLS]} and the like): models have their own. Tokens that
 * the file does not know are {@link Reserved#UNK}. Tokens may cut a reader's character, and several
 * may share one (an emoji as four bytes); then each has the whole character's stretch. What the
 * file's normalisation drops, such as accents, may lie between tokens.
 *
 * <p>The file is kept with a model that uses it. Safe for any number of threads.
 */
public final class HuggingFaceTokenizer implements Tokenizer {
  static final String KIND = "hf";
  private static final String FILE = "tokenizer.json";
  private static final int SHOWN_DIGITS = 12;

  /** What a token's text is. */
  public enum Pieces {
    /** As the file writes it, with the marks by which text is put together again. */
    MARKED,
    /**
     * As it stands in the text, without white space around: for a tagger, whose words are words.
     * Tokens that share a character are one.
     */
    PLAIN
  }

  private final Normalizer normalizer;
  private final Pieces pieces;
  private final String json;
  private final HuggingFaceFile file;

  private HuggingFaceTokenizer(
      Normalizer normalizer, Pieces pieces, String json, HuggingFaceFile file) {
    this.normalizer = Objects.requireNonNull(normalizer, "normalizer");
    this.pieces = Objects.requireNonNull(pieces, "pieces");
    this.json = json;
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param normalizer what is done to text before the file's own normalisation; usually nothing
   * @param pieces what a token's text is
   * @param path a {@code tokenizer.json}
   * @return the tokenizer
   * @throws IOException if the file cannot be read
   * @throws DataException if it is no such file
   * @throws IllegalArgumentException if the library is not on the class path, or has no build for
   *     this machine; the message says what to do
   */
  public static HuggingFaceTokenizer load(Normalizer normalizer, Pieces pieces, Path path)
      throws IOException {
    HuggingFaceLibrary.require();
    DataException.requireFile(path);
    String text;
    try {
      text = Files.readString(path);
    } catch (CharacterCodingException e) {
      throw DataException.in(path.toString(), "is not UTF-8, so it is no tokenizer.json");
    }
    return new HuggingFaceTokenizer(
        normalizer, pieces, text, HuggingFaceFile.parse(text, path.toString()));
  }

  @Override
  public List<Token> tokenize(String text) {
    NormalizedText normalized = normalizer.apply(text);
    String characters = normalized.text();
    if (characters.isEmpty()) {
      return List.of();
    }
    List<Token> found = file.cut(characters);
    List<Token> tokens = new ArrayList<>(found.size());
    if (pieces == Pieces.PLAIN) {
      addStretches(characters, found, normalized, tokens);
      return tokens;
    }
    for (Token token : found) {
      tokens.add(marked(characters, token, normalized));
    }
    return tokens;
  }

  /** A mark that was put before the text shares the stretch of the character behind it. */
  private static Token marked(String text, Token token, NormalizedText normalized) {
    int start = token.start();
    int end = token.end();
    if (start == end) {
      start = Math.min(start, text.offsetByCodePoints(text.length(), -1));
      end = Graphemes.next(text, start);
    }
    return normalized.token(token.text(), start, end);
  }

  private static void addStretches(
      String text, List<Token> found, NormalizedText normalized, List<Token> to) {
    int done = 0;
    for (Token token : found) {
      int start = Math.max(done, token.start());
      int end = token.end();
      while (start < end && Characters.isBlank(text.codePointAt(start))) {
        start += Character.charCount(text.codePointAt(start));
      }
      while (start < end && Characters.isBlank(text.codePointBefore(end))) {
        end -= Character.charCount(text.codePointBefore(end));
      }
      if (start < end) {
        to.add(normalized.token(start, end));
        done = end;
      }
    }
  }

  /**
   * Puts tokens together again by the file's decoder.
   *
   * @param tokens texts of {@link Pieces#MARKED} tokens; one that the file does not know is written
   *     as it is
   * @return the text
   */
  public String decode(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    List<Long> known = new ArrayList<>();
    for (String token : tokens) {
      Long id = file.id(token);
      if (id == null) {
        text.append(file.decode(known)).append(token);
        known.clear();
      } else {
        known.add(id);
      }
    }
    return text.append(file.decode(known)).toString();
  }

  /** Returns what writes tokens as they come. */
  public HuggingFaceWriter writer() {
    return new HuggingFaceWriter(file);
  }

  @Override
  public TokenizerSpec spec() {
    return TokenizerSpec.of(KIND, normalizer, pieces).withFile(FILE);
  }

  @Override
  public String describe() {
    return KIND + ":" + Sha256.of(json).substring(0, SHOWN_DIGITS);
  }

  @Override
  public Map<String, String> files() {
    return Map.of(FILE, json);
  }
}
