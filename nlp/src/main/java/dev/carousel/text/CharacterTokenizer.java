package dev.carousel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One token per grapheme cluster ({@link Graphemes}): a reader's character, not a code point, so
 * that an accent or an emoji sequence is never cut.
 */
public final class CharacterTokenizer implements Tokenizer {
  /** What becomes of white space. */
  public enum WhiteSpace {
    /** It is a character like any other; a language model needs this. */
    KEEP,
    /** It gives no token; usual for Chinese. */
    DROP
  }

  private final Normalizer normalizer;
  private final WhiteSpace whiteSpace;

  /**
   * Makes a tokenizer.
   *
   * @param normalizer what is done to the text first
   * @param whiteSpace what becomes of white space and control characters
   */
  public CharacterTokenizer(Normalizer normalizer, WhiteSpace whiteSpace) {
    this.normalizer = Objects.requireNonNull(normalizer, "normalizer");
    this.whiteSpace = Objects.requireNonNull(whiteSpace, "whiteSpace");
  }

  @Override
  public List<Token> tokenize(String text) {
    NormalizedText normalized = normalizer.apply(text);
    String characters = normalized.text();
    List<Token> tokens = new ArrayList<>(characters.length());
    int end;
    for (int start = 0; start < characters.length(); start = end) {
      end = Graphemes.next(characters, start);
      if (whiteSpace == WhiteSpace.KEEP || !Characters.isBlank(characters, start, end)) {
        tokens.add(normalized.token(start, end));
      }
    }
    return tokens;
  }

  @Override
  public TokenizerSpec spec() {
    return TokenizerSpec.of("character", normalizer, whiteSpace);
  }
}
