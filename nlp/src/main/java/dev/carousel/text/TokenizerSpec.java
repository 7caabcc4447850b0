package dev.carousel.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A tokenizer as four strings, to be kept in a model's configuration.
 *
 * @param kind which tokenizer: one of {@link #KINDS}
 * @param normalizer what {@link Normalizer#spec()} gave
 * @param option the kind's own option, or empty where it has none
 * @param file the name of a file beside the configuration, or empty where the kind needs none
 */
public record TokenizerSpec(String kind, String normalizer, String option, String file) {
  /** The kinds there are. */
  public static final List<String> KINDS =
      List.of("word", "chinese-word", "character", "bpe", HuggingFaceTokenizer.KIND, "whitespace");

  /**
   * Makes the tokenizer.
   *
   * @param directory where {@link #file} lies
   * @return the tokenizer
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the kind or its option is not known; the message lists
   *     those that are
   */
  public Tokenizer open(Path directory) throws IOException {
    Normalizer steps = Normalizer.parse(normalizer);
    return switch (kind) {
      case "word" -> new WordTokenizer(steps, option(WordTokenizer.Contractions.class));
      case "chinese-word" -> new ChineseWordTokenizer(steps);
      case "bpe" -> BpeTokenizer.load(steps, inside(directory));
      case HuggingFaceTokenizer.KIND ->
          HuggingFaceTokenizer.load(
              steps, option(HuggingFaceTokenizer.Pieces.class), inside(directory));
      case "whitespace" -> new WhitespaceTokenizer(steps);
      case "character" ->
          new CharacterTokenizer(steps, option(CharacterTokenizer.WhiteSpace.class));
      default ->
          throw new IllegalArgumentException(
              "no tokenizer kind '" + kind + "'; known kinds: " + String.join(", ", KINDS));
    };
  }

  static TokenizerSpec of(String kind, Normalizer normalizer) {
    return new TokenizerSpec(kind, normalizer.spec(), "", "");
  }

  static TokenizerSpec of(String kind, Normalizer normalizer, Enum<?> option) {
    return new TokenizerSpec(kind, normalizer.spec(), name(option), "");
  }

  /** The same with another name of the file. */
  public TokenizerSpec withFile(String name) {
    return new TokenizerSpec(kind, normalizer, option, name);
  }

  /** The file's path; a name that leads out of the directory is refused. */
  private Path inside(Path directory) {
    if (file.isEmpty() || file.contains("/") || file.contains("\\") || file.contains("..")) {
      throw new IllegalArgumentException(
          "the tokenizer's file must be a plain name, not '" + file + "'");
    }
    return directory.resolve(file);
  }

  private <E extends Enum<E>> E option(Class<E> type) {
    for (E value : type.getEnumConstants()) {
      if (name(value).equals(option)) {
        return value;
      }
    }
    List<String> known = Arrays.stream(type.getEnumConstants()).map(TokenizerSpec::name).toList();
    throw new IllegalArgumentException(
        "no option '"
            + option
            + "' for the tokenizer kind '"
            + kind
            + "'; known options: "
            + String.join(", ", known));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
