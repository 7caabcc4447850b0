package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.task.TextSettings;
import dev.carousel.text.BpeTrainer;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: from text to tokens. */
final class TextFlags {
  private static final String SUBWORDS = "bpe";
  private static final int DEFAULT_MERGES = 8000;
  private static final String NORMALIZE = "nfkc+straight-quotes+lower-case";

  @Option(
      names = "--tokenizer",
      paramLabel = "KIND",
      description = {
        "word, word:keep (contractions stay whole), chinese-word, character (white space dropped),",
        "character:keep, whitespace, bpe:N (subwords, N merges learned from the training texts),"
            + " or",
        "hf:FILE (a tokenizer.json of Hugging Face) (default: ${DEFAULT-VALUE})."
      })
  private String tokenizer = "word";

  @Option(
      names = "--normalize",
      paramLabel = "STEPS",
      description = {
        "none, or of nfkc, straight-quotes, lower-case, zero-digits, simplified or traditional",
        "(Chinese script) any, joined by + (default: none with hf:FILE, otherwise",
        NORMALIZE + ")."
      })
  private @Nullable String normalize;

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

  /** The settings as far as flags tell: subwords are yet to be learned. */
  TextSettings settings() throws IOException {
    return new TextSettings(tokenizer(), minCount, maxVocabulary, maxTokens);
  }

  /** The settings once the training texts are known. */
  TextSettings settings(DataSet train) throws IOException {
    if (!subwords()) {
      return settings();
    }
    BpeTrainer trainer = new BpeTrainer(normalizer());
    train.examples().forEach(example -> trainer.add(example.text()));
    return settings().withTokenizer(trainer.train(merges(), 2));
  }

  private Normalizer normalizer() {
    return TokenizerFlag.normalizer(tokenizer, normalize, NORMALIZE);
  }

  private boolean subwords() {
    return tokenizer.equals(SUBWORDS) || tokenizer.startsWith(SUBWORDS + ":");
  }

  private int merges() {
    if (tokenizer.equals(SUBWORDS)) {
      return DEFAULT_MERGES;
    }
    String number = tokenizer.substring(SUBWORDS.length() + 1);
    try {
      return Integer.parseUnsignedInt(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "bpe:N needs a number of merges, as in bpe:8000, not '" + number + "'", e);
    }
  }

  private Tokenizer tokenizer() throws IOException {
    if (subwords()) {
      merges();
      return new BpeTrainer(normalizer()).train(0, 1);
    }
    return TokenizerFlag.open(tokenizer, normalizer());
  }
}
