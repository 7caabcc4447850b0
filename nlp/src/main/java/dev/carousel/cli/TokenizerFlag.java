package dev.carousel.cli;

import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.TokenizerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Tokenizers as the command line names them: a kind, perhaps a colon and an option. */
final class TokenizerFlag {
  private static final Map<String, String> DEFAULT_OPTIONS =
      Map.of("word", "split", "character", "drop", "whitespace", "");

  private TokenizerFlag() {}

  /**
   * Makes a tokenizer that needs no file.
   *
   * @throws IllegalArgumentException if there is none of that name; it lists those there are
   */
  static Tokenizer open(String named, Normalizer normalizer) throws IOException {
    if (named.startsWith("bpe")) {
      throw new IllegalArgumentException(
          "--tokenizer bpe learns pieces of words, but whole ones are needed here; choose another");
    }
    int colon = named.indexOf(':');
    String kind = colon < 0 ? named : named.substring(0, colon);
    String option = colon < 0 ? DEFAULT_OPTIONS.getOrDefault(kind, "") : named.substring(colon + 1);
    return new TokenizerSpec(kind, normalizer.spec(), option, "").open(Path.of(""));
  }
}
