package dev.carousel.lm;

import dev.carousel.text.BpeTrainer;
import dev.carousel.text.CharacterTokenizer;
import dev.carousel.text.CharacterTokenizer.WhiteSpace;
import dev.carousel.text.HuggingFaceTokenizer;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.Vocabulary;
import dev.carousel.text.WhitespaceTokenizer;

/**
 * From text to tokens.
 *
 * @param level what tokens are
 * @param tokenizer cuts a line; for {@link Level#BPE} it is a {@link HuggingFaceTokenizer}, or it
 *     only says how text is normalised, and its merges are learnt from the training text
 * @param merges of byte-pair encoding that is learnt, at least 1; 0 where nothing is
 * @param minCount how often a token must occur in the training text to be known, at least 1
 * @param maxVocabulary the most tokens known, the most frequent ones
 * @param reading from which end texts are read
 */
public record LanguageText(
    Level level,
    Tokenizer tokenizer,
    int merges,
    int minCount,
    int maxVocabulary,
    Reading reading) {
  private static final int DEFAULT_MERGES = 8000;

  /** Words between white space, as they stand: text that was tokenised before. */
  public static final LanguageText WORDS = of(Level.WORD, Normalizer.NONE);

  /** Characters as they stand. */
  public static final LanguageText CHARACTERS = of(Level.CHARACTER, Normalizer.NONE);

  /** Subwords, {@value #DEFAULT_MERGES} merges. */
  public static final LanguageText SUBWORDS = of(Level.BPE, Normalizer.NONE);

  /** Checks the ranges, and that nothing is ignored. */
  public LanguageText {
    boolean fromFile = tokenizer instanceof HuggingFaceTokenizer;
    if (fromFile && level != Level.BPE) {
      throw new IllegalArgumentException(
          "the tokens of a tokenizer.json are subwords: the level must be BPE, not " + level);
    }
    if ((level == Level.BPE && !fromFile) != (merges > 0)) {
      throw new IllegalArgumentException(
          "merges must be at least 1 for BPE that is learnt and 0 otherwise, not %d for %s"
              .formatted(merges, level));
    }
    boolean characters =
        tokenizer.spec().equals(characters(Normalizer.parse(tokenizer.spec().normalizer())).spec());
    if (level == Level.CHARACTER && !characters) {
      throw new IllegalArgumentException(
          "a character model keeps white space: its tokenizer cannot be " + tokenizer.spec());
    }
    if (minCount < 1 || maxVocabulary < 4) {
      throw new IllegalArgumentException(
          "minCount must be at least 1 and maxVocabulary at least 4, not %d and %d"
              .formatted(minCount, maxVocabulary));
    }
  }

  /** The usual tokenizer of a level. */
  public static LanguageText of(Level level, Normalizer normalizer) {
    Tokenizer tokenizer =
        switch (level) {
          case WORD -> new WhitespaceTokenizer(normalizer);
          case CHARACTER -> characters(normalizer);
          case BPE -> new BpeTrainer(normalizer).train(0, 1);
        };
    int merges = level == Level.BPE ? DEFAULT_MERGES : 0;
    return new LanguageText(level, tokenizer, merges, 1, Vocabulary.MAX_SIZE, Reading.FORWARD);
  }

  private static CharacterTokenizer characters(Normalizer normalizer) {
    return new CharacterTokenizer(normalizer, WhiteSpace.KEEP);
  }

  /** The same with so many merges. */
  public LanguageText withMerges(int number) {
    return new LanguageText(level, tokenizer, number, minCount, maxVocabulary, reading);
  }

  /** The same with this tokenizer: for words, or for subwords that a file has. */
  public LanguageText withTokenizer(Tokenizer other) {
    int learnt = other instanceof HuggingFaceTokenizer ? 0 : merges;
    return new LanguageText(level, other, learnt, minCount, maxVocabulary, reading);
  }

  /** The same, knowing only tokens so frequent, and at most so many. */
  public LanguageText withVocabulary(int leastCount, int mostTokens) {
    return new LanguageText(level, tokenizer, merges, leastCount, mostTokens, reading);
  }

  /** The same, read from this end. */
  public LanguageText withReading(Reading other) {
    return new LanguageText(level, tokenizer, merges, minCount, maxVocabulary, other);
  }
}
