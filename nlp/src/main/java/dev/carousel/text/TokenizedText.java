package dev.carousel.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A text and its tokens.
 *
 * @param text the text
 * @param tokens in order, each with where it stands in the text
 */
public record TokenizedText(String text, List<Token> tokens) {
  /** Copies. */
  public TokenizedText {
    tokens = List.copyOf(tokens);
  }

  /** Tokens as they stand in a text in which spaces join them. */
  public static TokenizedText joined(List<String> tokens) {
    List<Token> all = new ArrayList<>();
    int at = 0;
    for (String token : tokens) {
      all.add(new Token(token, at, at + token.length()));
      at += token.length() + 1;
    }
    return new TokenizedText(String.join(" ", tokens), all);
  }
}
