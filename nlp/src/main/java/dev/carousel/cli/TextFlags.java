package dev.carousel.cli;

import dev.carousel.task.TextSettings;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.TokenizerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags: from text to tokens. */
final class TextFlags {
  private static final Map<String, String> DEFAULT_OPTIONS =
      Map.of("word", "split", "character", "drop", "whitespace", "");

  @Option(
      names = "--tokenizer",
      paramLabel = "KIND",
      description = {
        "word, word:keep (contractions stay whole), character (white space dropped),",
        "character:keep or whitespace (default: ${DEFAULT-VALUE})."
      })
  private String tokenizer = "word";

  @Option(
      names = "--normalize",
      paramLabel = "STEPS",
      description = {
        "none, or of nfkc, straight-quotes, lower-case, zero-digits any, joined by +",
        "(default: ${DEFAULT-VALUE})."
      })
  private String normalize = "nfkc+straight-quotes+lower-case";

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Know only tokens that occur N times (default: ${DEFAULT-VALUE}).")
  private int minCount = TextSettings.DEFAULT.minCount();

  @Option(
      names = "--max-vocabulary",
      paramLabel = "N",
      description = "Know only the N most frequent tokens (default: ${DEFAULT-VALUE}).")
  private int maxVocabulary = TextSettings.DEFAULT.maxVocabulary();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Read only the first N tokens of a text (default: ${DEFAULT-VALUE}).")
  private int maxTokens = TextSettings.DEFAULT.maxTokens();

  TextSettings settings() throws IOException {
    return new TextSettings(tokenizer(), minCount, maxVocabulary, maxTokens);
  }

  private Tokenizer tokenizer() throws IOException {
    int colon = tokenizer.indexOf(':');
    String kind = colon < 0 ? tokenizer : tokenizer.substring(0, colon);
    String option =
        colon < 0 ? DEFAULT_OPTIONS.getOrDefault(kind, "") : tokenizer.substring(colon + 1);
    return new TokenizerSpec(kind, normalize, option, "").open(Path.of(""));
  }
}
