package dev.carousel.cli;

import dev.carousel.translate.Language;
import dev.carousel.translate.TranslatorSettings.Languages;
import dev.carousel.translate.VocabularySharing;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flags: from the text of both sides to tokens. */
final class LanguageFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--tokenizer",
      paramLabel = "KIND",
      description = {
        "Of both sides: word, word:keep, chinese-word, character (for Chinese; white space",
        "dropped), character:keep, whitespace (for text that is tokenised already), bpe:N",
        "(subwords, N merges learned from the training texts), or hf:FILE (a tokenizer.json of",
        "Hugging Face) (default: ${DEFAULT-VALUE})."
      })
  private String tokenizer = "bpe:8000";

  @Option(names = "--source-tokenizer", paramLabel = "KIND", description = "Of the source alone.")
  private @Nullable String sourceTokenizer;

  @Option(names = "--target-tokenizer", paramLabel = "KIND", description = "Of the target alone.")
  private @Nullable String targetTokenizer;

  @Option(
      names = "--normalize",
      paramLabel = "STEPS",
      description = {
        "Of both sides: none, or of nfkc, straight-quotes, lower-case, zero-digits, simplified or",
        "traditional (Chinese script) any, joined by + (default: none with hf:FILE, otherwise",
        SegmentationFlag.NORMALIZE + "). What is written is normalised text."
      })
  private @Nullable String normalize;

  @Option(names = "--source-normalize", paramLabel = "STEPS", description = "Of the source alone.")
  private @Nullable String sourceNormalize;

  @Option(names = "--target-normalize", paramLabel = "STEPS", description = "Of the target alone.")
  private @Nullable String targetNormalize;

  @Option(
      names = "--share-vocabulary",
      description = "Cut both sides with the source's tokenizer and know the same tokens.")
  private boolean share;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Know only tokens that occur N times (default: ${DEFAULT-VALUE}).")
  private int minCount = Language.SUBWORDS.minCount();

  @Option(
      names = "--max-vocabulary",
      paramLabel = "N",
      description = "Know only the N most frequent tokens (default: ${DEFAULT-VALUE}).")
  private int maxVocabulary = Language.SUBWORDS.maxVocabulary();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = {
        "Read only the first N tokens of a text, and write at most so many",
        "(default: ${DEFAULT-VALUE})."
      })
  private int maxTokens = Language.SUBWORDS.maxTokens();

  Languages languages() throws IOException {
    if (share && (targetTokenizer != null || targetNormalize != null)) {
      throw new IllegalArgumentException(
          "--share-vocabulary cuts both sides alike: leave --target-tokenizer and"
              + " --target-normalize out");
    }
    boolean shared = share && sourceTokenizer != null;
    if (shared || (sourceTokenizer != null && targetTokenizer != null)) {
      GivenFlags.refuse(spec, "is of neither side: each has its own", "--tokenizer");
    }
    shared = share && sourceNormalize != null;
    if (shared || (sourceNormalize != null && targetNormalize != null)) {
      GivenFlags.refuse(spec, "is of neither side: each has its own", "--normalize");
    }
    return new Languages(
        language(sourceTokenizer, sourceNormalize),
        language(targetTokenizer, targetNormalize),
        share ? VocabularySharing.SHARED : VocabularySharing.SEPARATE);
  }

  private Language language(@Nullable String ownTokenizer, @Nullable String ownNormalize)
      throws IOException {
    return new Language(
        SegmentationFlag.parse(
            ownTokenizer == null ? tokenizer : ownTokenizer,
            ownNormalize == null ? normalize : ownNormalize),
        minCount,
        maxVocabulary,
        maxTokens);
  }
}
