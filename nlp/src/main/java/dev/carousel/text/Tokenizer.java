package dev.carousel.text;

import java.nio.file.Path;
import java.util.List;

/**
 * Cuts text into tokens. Every tokenizer is immutable and safe for any number of threads, and gives
 * the same tokens on every JDK.
 *
 * <p>Which to take: {@link WordTokenizer} for languages written with spaces, {@link
 * ChineseWordTokenizer} for Chinese by a dictionary, {@link CharacterTokenizer} for character
 * models and for Chinese without one, {@link BpeTokenizer} for translation and whenever no word may
 * be unknown, {@link WhitespaceTokenizer} for data that was tokenised before.
 *
 * <p>Tokens come in text order and none is empty. Their offsets count UTF-16 units of the text that
 * was passed in, whatever the normalizer did to it; what lies between tokens is white space and
 * control characters.
 */
public sealed interface Tokenizer
    permits BpeTokenizer,
        CharacterTokenizer,
        ChineseWordTokenizer,
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

  /**
   * Writes the files that {@link TokenizerSpec#open} will need; most tokenizers need none.
   *
   * @param directory where to write
   * @return the specification that goes with the files
   * @throws dev.carousel.store.StoreException if a file cannot be written
   */
  default TokenizerSpec save(Path directory) {
    return spec();
  }
}
