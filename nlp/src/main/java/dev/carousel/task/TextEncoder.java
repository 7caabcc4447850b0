package dev.carousel.task;

import dev.carousel.data.DataSet;
import dev.carousel.text.Extent;
import dev.carousel.text.Token;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.Vocabulary;
import java.util.List;

/**
 * From text to the ids of its tokens.
 *
 * @param maxTokens how many tokens of a text are read, the first ones
 */
record TextEncoder(Tokenizer tokenizer, Vocabulary vocabulary, int maxTokens) {
  /**
   * What is read of a text.
   *
   * @param ids of its first tokens
   * @param extent how many of them there are
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reading(int[] ids, Extent extent) {}

  /** The ids of a text, at most {@link #maxTokens} of them; none for an empty text. */
  int[] encode(String text) {
    return read(text).ids();
  }

  /** The same, with how many tokens the text has. */
  Reading read(String text) {
    List<Token> tokens = tokenizer.tokenize(text);
    int[] ids =
        tokens.stream().limit(maxTokens).map(Token::text).mapToInt(vocabulary::id).toArray();
    return new Reading(ids, new Extent(ids.length, tokens.size()));
  }

  /** The ids of every example's text. */
  List<int[]> encode(DataSet data) {
    return data.examples().stream().map(example -> encode(example.text())).toList();
  }
}
