package dev.carousel.cli;

import dev.carousel.tag.TaggerArchitecture;
import dev.carousel.tag.TaggerArchitecture.Shapes;
import dev.carousel.tag.WordSettings;
import dev.carousel.text.Normalizer;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Flags: from text to the words that a tagger knows. */
final class WordFlags {
  @Option(
      names = "--tokenizer",
      paramLabel = "KIND",
      description = {
        "How 'predict' cuts plain text: word, word:keep (contractions stay whole), chinese-word,",
        "character (white space dropped), character:keep, whitespace or hf:FILE (a tokenizer.json",
        "of Hugging Face; white space around its tokens dropped) (default: ${DEFAULT-VALUE})."
      })
  private String tokenizer = "word";

  @Option(
      names = "--normalize",
      paramLabel = "STEPS",
      description = {
        "What is done to a word before it is looked up: none, or of nfkc, straight-quotes,",
        "lower-case, zero-digits, simplified or traditional (Chinese script) any, joined by +",
        "(default: ${DEFAULT-VALUE})."
      })
  private String normalize = WordSettings.DEFAULT.normalizer().spec();

  @Option(
      names = "--shapes",
      negatable = true,
      fallbackValue = "true",
      description = {
        "Give a word's shape (capitals, digits) as a feature, or with --no-shapes not",
        "(default: ${DEFAULT-VALUE})."
      })
  private boolean shapes = TaggerArchitecture.DEFAULT.shapes() == Shapes.EMBEDDED;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Know only words that occur N times (default: ${DEFAULT-VALUE}).")
  private int minCount = WordSettings.DEFAULT.minCount();

  @Option(
      names = "--max-vocabulary",
      paramLabel = "N",
      description = "Know only the N most frequent words (default: ${DEFAULT-VALUE}).")
  private int maxVocabulary = WordSettings.DEFAULT.maxVocabulary();

  boolean shapes() {
    return shapes;
  }

  WordSettings settings() throws IOException {
    return new WordSettings(
        TokenizerFlag.openPlain(tokenizer), Normalizer.parse(normalize), minCount, maxVocabulary);
  }
}
