package dev.carousel.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Words, numbers and punctuation by rules close to the Penn Treebank's.
 *
 * <ul>
 *   <li>Words keep inner hyphens and apostrophes: {@code well-known}, {@code O'Brien}, {@code
 *       AT&T}.
 *   <li>Contractions are split as the Treebank does, or kept: see {@link Contractions}.
 *   <li>Numbers keep inner separators: {@code 1,000.50}, {@code 10:30}, {@code 3/4}, {@code .5}.
 *   <li>Initialisms and a few titles keep their period: {@code U.S.}, {@code e.g.}, {@code Dr.}
 *   <li>Web and e-mail addresses, {@code #tags} and {@code @names} are one token each.
 *   <li>Runs of periods and of hyphens are one token; other punctuation is one token a character.
 *   <li>Han, kana and bopomofo give one token a character, so that mixed text works. Other scripts
 *       without spaces (Thai, Khmer) stay in one piece.
 *   <li>An emoji, with all that is joined to it, is one token.
 * </ul>
 *
 * <p>Two Treebank habits are left out: quotes stay the characters they are, and brackets stay
 * brackets.
 */
public final class WordTokenizer implements Tokenizer {
  /** What becomes of English contractions. */
  public enum Contractions {
    /** Split like the Treebank: {@code do n't}, {@code it 's}, {@code can not}, {@code gon na}. */
    SPLIT,
    /** One token: {@code don't}, {@code it's}. */
    KEEP
  }

  private final Normalizer normalizer;
  private final Contractions contractions;

  /**
   * Makes a tokenizer.
   *
   * @param normalizer what is done to the text first
   * @param contractions whether contractions are split
   */
  public WordTokenizer(Normalizer normalizer, Contractions contractions) {
    this.normalizer = Objects.requireNonNull(normalizer, "normalizer");
    this.contractions = Objects.requireNonNull(contractions, "contractions");
  }

  @Override
  public List<Token> tokenize(String text) {
    NormalizedText normalized = normalizer.apply(text);
    WordScanner scanner = new WordScanner(normalized.text());
    List<Token> tokens = new ArrayList<>();
    while (scanner.advance()) {
      if (scanner.isWord() && contractions == Contractions.SPLIT) {
        addParts(normalized, scanner.start(), scanner.end(), tokens);
      } else {
        tokens.add(normalized.token(scanner.start(), scanner.end()));
      }
    }
    return tokens;
  }

  @Override
  public TokenizerSpec spec() {
    return TokenizerSpec.of("word", normalizer, contractions);
  }

  /** Splits a word from its end: {@code should | n't | 've}. */
  private static void addParts(NormalizedText text, int start, int end, List<Token> tokens) {
    int first = tokens.size();
    int partEnd = end;
    while (partEnd > start) {
      int split = EnglishContractions.split(text.text(), start, partEnd);
      tokens.add(text.token(split, partEnd));
      partEnd = split;
    }
    Collections.reverse(tokens.subList(first, tokens.size()));
  }
}
