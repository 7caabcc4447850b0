package dev.carousel.cli;

import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.HuggingFaceTokenizer.Pieces;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.TokenizerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokenizers as the command line names them: a kind, perhaps a colon and an option or a file. */
final class TokenizerFlag {
  private static final Map<String, String> DEFAULT_OPTIONS =
      Map.of("word", "split", "character", "drop", "whitespace", "");

  /** Before the path of a {@code tokenizer.json}. */
  private static final String FILE = "hf:";

  private TokenizerFlag() {}

  /** Whether a {@code tokenizer.json} is named. */
  static boolean isFile(String named) {
    return named.startsWith(FILE);
  }

  /** What is done to text that this tokenizer cuts: a file's tokenizer has steps of its own. */
  static Normalizer normalizer(String named, @Nullable String given, String usual) {
    String steps = given != null ? given : isFile(named) ? Normalizer.NONE.spec() : usual;
    return Normalizer.parse(steps);
  }

  /**
   * Makes a tokenizer that learns nothing.
   *
   * @throws IllegalArgumentException if there is none of that name; it lists those there are
   */
  static Tokenizer open(String named, Normalizer normalizer) throws IOException {
    return open(named, normalizer, Pieces.MARKED);
  }

  /** The same whose tokens are text as it stands. */
  static Tokenizer openPlain(String named) throws IOException {
    return open(named, Normalizer.NONE, Pieces.PLAIN);
  }

  private static Tokenizer open(String named, Normalizer normalizer, Pieces pieces)
      throws IOException {
    if (named.startsWith("bpe")) {
      throw new IllegalArgumentException(
          "--tokenizer bpe learns pieces of words, but whole ones are needed here; choose another");
    }
    if (isFile(named)) {
      return HuggingFaceTokenizer.load(normalizer, pieces, Path.of(named.substring(FILE.length())));
    }
    if (named.equals("hf")) {
      throw new IllegalArgumentException(
          "--tokenizer hf needs a tokenizer.json, as in hf:path/to/tokenizer.json");
    }
    int colon = named.indexOf(':');
    String kind = colon < 0 ? named : named.substring(0, colon);
    String option = colon < 0 ? DEFAULT_OPTIONS.getOrDefault(kind, "") : named.substring(colon + 1);
    return new TokenizerSpec(kind, normalizer.spec(), option, "").open(Path.of(""));
  }
}
