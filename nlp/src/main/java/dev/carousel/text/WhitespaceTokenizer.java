package dev.carousel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Cuts at white space and nowhere else: for data that was tokenised before, such as SST-2. */
public final class WhitespaceTokenizer implements Tokenizer {
  private final Normalizer normalizer;

  /**
   * Makes a tokenizer.
   *
   * @param normalizer what is done to the text first
   */
  public WhitespaceTokenizer(Normalizer normalizer) {
    this.normalizer = Objects.requireNonNull(normalizer, "normalizer");
  }

  @Override
  public List<Token> tokenize(String text) {
    NormalizedText normalized = normalizer.apply(text);
    String characters = normalized.text();
    List<Token> tokens = new ArrayList<>();
    int tokenStart = -1;
    int end;
    for (int start = 0; start < characters.length(); start = end) {
      end = Graphemes.next(characters, start);
      boolean blank = Characters.isBlank(characters, start, end);
      if (blank && tokenStart >= 0) {
        tokens.add(normalized.token(tokenStart, start));
        tokenStart = -1;
      } else if (!blank && tokenStart < 0) {
        tokenStart = start;
      }
    }
    if (tokenStart >= 0) {
      tokens.add(normalized.token(tokenStart, characters.length()));
    }
    return tokens;
  }

  @Override
  public TokenizerSpec spec() {
    return TokenizerSpec.of("whitespace", normalizer);
  }
}
