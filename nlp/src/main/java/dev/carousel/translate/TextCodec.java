package dev.carousel.translate;

import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.Reserved;
import dev.carousel.text.Token;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * One side's text as ids and back.
 *
 * @param maxTokens how many tokens of a text are read, the first ones
 */
record TextCodec(Tokenizer tokenizer, Vocabulary vocabulary, int maxTokens) {
  /** The tokens that are read of a text. */
  List<Token> tokens(String text) {
    return tokenizer.tokenize(text).stream().limit(maxTokens).toList();
  }

  int[] ids(List<Token> tokens) {
    return tokens.stream().mapToInt(t -> vocabulary.id(t.text())).toArray();
  }

  int[] encode(String text) {
    return ids(tokens(text));
  }

  /** The tokens of ids. */
  List<String> words(int[] ids) {
    return Arrays.stream(ids).mapToObj(vocabulary::token).toList();
  }

  String join(List<String> words) {
    if (words.isEmpty()) {
      return "";
    }
    return tokenizer instanceof HuggingFaceTokenizer subwords
        ? subwords.decode(words)
        : Joining.of(tokenizer.spec().kind()).join(words);
  }

  int begin() {
    return vocabulary.id(Reserved.BOS);
  }

  int end() {
    return vocabulary.id(Reserved.EOS);
  }
}
