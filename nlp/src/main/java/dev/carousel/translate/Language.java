package dev.carousel.translate;

import dev.carousel.text.Normalizer;

/**
 * How the text of one side becomes tokens, and which of them a model knows.
 *
 * @param segmentation cuts the text
 * @param minCount how often a token must occur in the training texts to be known, at least 1
 * @param maxVocabulary the most tokens known, the most frequent ones
 * @param maxTokens how many tokens of a text are read, the first ones; the most that are written
 */
public record Language(Segmentation segmentation, int minCount, int maxVocabulary, int maxTokens) {
  /** 8,000 merges on normalised text, all tokens, 256 tokens of a text. */
  public static final Language SUBWORDS =
      of(new Segmentation.Subwords(Normalizer.parse("nfkc+straight-quotes"), 8000));

  /** Checks the ranges. */
  public Language {
    if (minCount < 1 || maxTokens < 1) {
      throw new IllegalArgumentException(
          "min count and max tokens must be at least 1, not " + minCount + " and " + maxTokens);
    }
  }

  /** All tokens of this cut, 256 tokens of a text. */
  public static Language of(Segmentation segmentation) {
    return new Language(segmentation, 1, 100_000, 256);
  }
}
