package dev.carousel.lm;

import dev.carousel.text.Token;
import dev.carousel.text.TokenizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A text as a model of characters reads it, and after which of its characters each token's state
 * stands: forwards after the token's last one, backwards after its first.
 *
 * @param ids the end of a line, then characters in the order in which they are read
 * @param steps for each token the index in {@code ids}; 0 if no character of it or before it is
 *     read
 */
@SuppressWarnings("ArrayRecordComponent") // built, read and dropped, never compared
record CharacterStream(int[] ids, int[] steps) {
  static CharacterStream of(LanguageCodec codec, TokenizedText text) {
    List<Token> characters = characters(codec, text.text());
    int n = characters.size();
    boolean forward = codec.reading() == Reading.FORWARD;
    int[] ids = new int[n + 1];
    ids[0] = codec.lineEnd();
    for (int i = 0; i < n; i++) {
      ids[forward ? i + 1 : n - i] = codec.vocabulary().id(characters.get(i).text());
    }
    int[] steps = new int[text.tokens().size()];
    for (int i = 0; i < steps.length; i++) {
      Token token = text.tokens().get(i);
      steps[i] =
          forward
              ? leading(characters, c -> c.start() < token.end())
              : n - leading(characters, c -> c.end() <= token.start());
    }
    return new CharacterStream(ids, steps);
  }

  /** The text's characters, line feeds among them, with their places in the whole. */
  private static List<Token> characters(LanguageCodec codec, String text) {
    List<Token> all = new ArrayList<>();
    for (int from = 0; from <= text.length(); ) {
      int feed = text.indexOf('\n', from);
      int end = feed < 0 ? text.length() : feed;
      for (Token t : codec.tokenizer().tokenize(text.substring(from, end))) {
        all.add(new Token(t.text(), from + t.start(), from + t.end()));
      }
      if (feed >= 0) {
        all.add(new Token("\n", feed, feed + 1));
      }
      from = end + 1;
    }
    return all;
  }

  /** How many characters, from the first one on, stand where {@code before} says. */
  private static int leading(List<Token> characters, Predicate<Token> before) {
    int low = 0;
    int high = characters.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before.test(characters.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
