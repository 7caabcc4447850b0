package dev.carousel.cli;

import dev.carousel.lm.LanguageText;
import dev.carousel.lm.Level;
import dev.carousel.lm.Reading;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.TokenizerSpec;
import dev.carousel.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: from running text to the tokens of a language model. */
final class LanguageTextFlags {
  private static final String AS_IT_STANDS = "whitespace";

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = {
        "word (a sentence a line, whose end is predicted and counted), char, or bpe (subwords);",
        "must be given, but with --from."
      })
  private @Nullable LevelName level;

  @Option(
      names = "--tokenizer",
      paramLabel = "KIND",
      description = {
        "Of words: whitespace (text that was tokenised before), word or chinese-word",
        "(default: ${DEFAULT-VALUE}). Of bpe: hf:FILE, a tokenizer.json of Hugging Face, in place"
            + " of",
        "merges that are learned."
      })
  private String tokenizer = AS_IT_STANDS;

  @Option(
      names = "--merges",
      paramLabel = "N",
      description = "Of bpe: merges to learn from the training text (default: 8000).")
  private int merges;

  @Option(
      names = "--normalize",
      paramLabel = "STEPS",
      description = {
        "none, or of nfkc, straight-quotes, lower-case, zero-digits, simplified or traditional",
        "(Chinese script) any, joined by + (default: ${DEFAULT-VALUE})."
      })
  private String normalize = "none";

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Know only tokens that occur N times (default: ${DEFAULT-VALUE}).")
  private int minCount = 1;

  @Option(
      names = "--max-vocabulary",
      paramLabel = "N",
      description = "Know only the N most frequent tokens (default: all).")
  private int maxVocabulary = Vocabulary.MAX_SIZE;

  @Option(
      names = "--direction",
      paramLabel = "WAY",
      description = {
        "forward, or backward: a model that reads from the end, for --contextual of 'train tag'",
        "beside a forward one (default: ${DEFAULT-VALUE})."
      })
  private Reading direction = Reading.FORWARD;

  /** The levels' names. */
  enum LevelName {
    WORD(Level.WORD),
    CHAR(Level.CHARACTER),
    BPE(Level.BPE);

    private final Level level;

    LevelName(Level level) {
      this.level = level;
    }
  }

  /**
   * What tokens are.
   *
   * @throws IllegalArgumentException if nobody said it
   */
  Level level() {
    if (level == null) {
      throw new IllegalArgumentException("--level is missing: word, char or bpe");
    }
    return level.level;
  }

  /** The flag's value, or {@code otherwise} if it was not given. */
  Level level(Level otherwise) {
    return level == null ? otherwise : level.level;
  }

  /** From which end texts are read. */
  Reading reading() {
    return direction;
  }

  LanguageText settings() throws IOException {
    LanguageText text = LanguageText.of(level(), Normalizer.parse(normalize));
    if (!tokenizer.equals(AS_IT_STANDS)) {
      text = text.withTokenizer(tokenizer());
    }
    if (merges != 0) {
      text = text.withMerges(merges);
    }
    return text.withVocabulary(minCount, maxVocabulary).withReading(direction);
  }

  private Tokenizer tokenizer() throws IOException {
    if (TokenizerFlag.isFile(tokenizer)) {
      if (level != LevelName.BPE || merges != 0) {
        throw new IllegalArgumentException(
            "--tokenizer hf:FILE is for --level bpe, without --merges: the file has its own");
      }
      return TokenizerFlag.open(tokenizer, Normalizer.parse(normalize));
    }
    if (level != LevelName.WORD) {
      throw new IllegalArgumentException(
          "--tokenizer is for --level word, or hf:FILE for --level bpe");
    }
    String option = tokenizer.equals("word") ? "split" : "";
    return new TokenizerSpec(tokenizer, normalize, option, "").open(Path.of(""));
  }
}
