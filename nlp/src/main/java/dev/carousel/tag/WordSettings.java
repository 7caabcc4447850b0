package dev.carousel.tag;

import dev.carousel.text.Normalization;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.WordTokenizer;
import dev.carousel.text.WordTokenizer.Contractions;

/**
 * How tokens become words that a tagger knows. Characters and shape are always those of the token
 * as it stands in the text.
 *
 * @param tokenizer cuts plain text; it must leave the characters as they are
 * @param normalizer what is done to a token before it is looked up
 * @param minCount how often a word must occur in the training sentences to be known, at least 1
 * @param maxVocabulary the most words known, the most frequent ones
 */
public record WordSettings(
    Tokenizer tokenizer, Normalizer normalizer, int minCount, int maxVocabulary) {
  /** Lower-cased words with all digits alike. */
  public static final WordSettings DEFAULT =
      new WordSettings(
          new WordTokenizer(Normalizer.NONE, Contractions.SPLIT),
          Normalizer.of(
              Normalization.NFKC,
              Normalization.STRAIGHT_QUOTES,
              Normalization.LOWER_CASE,
              Normalization.ZERO_DIGITS),
          1,
          100_000);

  /** Checks the ranges. */
  public WordSettings {
    if (minCount < 1) {
      throw new IllegalArgumentException("min count must be at least 1, not " + minCount);
    }
    if (!tokenizer.spec().normalizer().equals(Normalizer.NONE.spec())) {
      throw new IllegalArgumentException(
          "a tagger's tokenizer must not normalise ("
              + tokenizer.spec().normalizer()
              + "); give the steps as the words' normalizer");
    }
  }

  /** The same with this tokenizer. */
  public WordSettings withTokenizer(Tokenizer other) {
    return new WordSettings(other, normalizer, minCount, maxVocabulary);
  }

  /** The same with this normalizer. */
  public WordSettings withNormalizer(Normalizer other) {
    return new WordSettings(tokenizer, other, minCount, maxVocabulary);
  }
}
