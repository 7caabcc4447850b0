package dev.carousel.task;

import dev.carousel.text.Normalization;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.WordTokenizer;
import dev.carousel.text.WordTokenizer.Contractions;

/**
 * How text becomes tokens, and which of them a model knows.
 *
 * @param tokenizer cuts the text
 * @param minCount how often a token must occur in the training texts to be known, at least 1
 * @param maxVocabulary the most tokens known, the most frequent ones
 * @param maxTokens how many tokens of a text are read, the first ones, at least 1
 */
public record TextSettings(Tokenizer tokenizer, int minCount, int maxVocabulary, int maxTokens) {
  /** Lower-cased words, all that occur up to 100,000, the first 512 of a text. */
  public static final TextSettings DEFAULT =
      new TextSettings(
          new WordTokenizer(
              Normalizer.of(
                  Normalization.NFKC, Normalization.STRAIGHT_QUOTES, Normalization.LOWER_CASE),
              Contractions.SPLIT),
          1,
          100_000,
          512);

  /** Checks the ranges. */
  public TextSettings {
    if (minCount < 1 || maxTokens < 1) {
      throw new IllegalArgumentException(
          "min count and max tokens must be at least 1, not " + minCount + " and " + maxTokens);
    }
  }

  /** The same with this tokenizer. */
  public TextSettings withTokenizer(Tokenizer other) {
    return new TextSettings(other, minCount, maxVocabulary, maxTokens);
  }

  /** The tokenizer and its option, as {@link Tokenizer#describe} has them. */
  public String describeTokenizer() {
    return tokenizer.describe();
  }
}
