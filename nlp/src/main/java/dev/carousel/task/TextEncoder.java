package dev.carousel.task;

import dev.carousel.data.DataSet;
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
  /** The ids of a text, at most {@link #maxTokens} of them; none for an empty text. */
  int[] encode(String text) {
    return tokenizer.tokenize(text).stream()
        .limit(maxTokens)
        .map(Token::text)
        .mapToInt(vocabulary::id)
        .toArray();
  }

  /** The ids of every example's text. */
  List<int[]> encode(DataSet data) {
    return data.examples().stream().map(example -> encode(example.text())).toList();
  }
}
