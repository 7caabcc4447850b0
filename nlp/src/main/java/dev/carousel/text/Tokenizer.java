package dev.carousel.text;

import dev.carousel.store.AtomicFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Cuts text into tokens. Every tokenizer is immutable and safe for any number of threads, and gives
 * the same tokens on every JDK.
 *
 * <p>Which to take: {@link WordTokenizer} for languages written with spaces, {@link
 * ChineseWordTokenizer} for Chinese by a dictionary, {@link CharacterTokenizer} for character
 * models and for Chinese without one, {@link BpeTokenizer} for translation and whenever no word may
 * be unknown, {@link HuggingFaceTokenizer} where a {@code tokenizer.json} says how, {@link
 * WhitespaceTokenizer} for data that was tokenised before.
 *
 * <p>Tokens come in text order and none is empty. Their offsets count UTF-16 units of the text that
 * was passed in, whatever the normalizer did to it; what lies between tokens is white space and
 * control characters.
 */
public sealed interface Tokenizer
    permits BpeTokenizer,
        CharacterTokenizer,
        ChineseWordTokenizer,
        HuggingFaceTokenizer,
        WhitespaceTokenizer,
        WordTokenizer {

  /**
   * Cuts a text.
   *
   * @param text any text; ill-formed UTF-16 is allowed
   * @return its tokens in order
   */
  List<Token> tokenize(String text);

  /** Returns what is needed to make this tokenizer again. */
  TokenizerSpec spec();

  /**
   * Cuts a text and drops the offsets.
   *
   * @param text any text
   * @return the tokens' texts in order
   */
  default List<String> words(String text) {
    return tokenize(text).stream().map(Token::text).toList();
  }

  /** The kind and what distinguishes this tokenizer from others of it, for a list of settings. */
  default String describe() {
    return spec().kind() + ":" + spec().option();
  }

  /** The texts that {@link TokenizerSpec#open} will need, by file name; most need none. */
  default Map<String, String> files() {
    return Map.of();
  }

  /**
   * Writes the {@link #files}.
   *
   * @param directory where to write
   * @return the specification that goes with the files
   * @throws dev.carousel.store.StoreException if a file cannot be written
   */
  default TokenizerSpec save(Path directory) {
    files().forEach((name, text) -> AtomicFiles.writeString(directory.resolve(name), text));
    return spec();
  }
}
