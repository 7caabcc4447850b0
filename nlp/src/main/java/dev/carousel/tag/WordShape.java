package dev.carousel.tag;

/**
 * What a word looks like: what is lost when words are lower-cased before they are looked up
 * (Collobert et al. 2011 call it the caps feature).
 */
enum WordShape {
  /** Letters, none of them capital: {@code word}. */
  LOWER,
  /** More than one letter, all capital: {@code NATO}. */
  UPPER,
  /** The first letter is capital, the others are not: {@code Word}. */
  TITLE,
  /** Capitals elsewhere: {@code iPhone}. */
  MIXED,
  /** Digits and punctuation only: {@code 1,000}. */
  NUMBER,
  /** Letters and digits: {@code B2B}. */
  DIGITS,
  /** Neither letters nor digits: {@code --}. */
  SYMBOL,
  /** Letters of a script without capitals. */
  CASELESS;

  /** The shape of a word. */
  static WordShape of(String word) {
    int letters = 0;
    int capitals = 0;
    int small = 0;
    int digits = 0;
    boolean first = false;
    for (int at = 0; at < word.length(); at += Character.charCount(word.codePointAt(at))) {
      int c = word.codePointAt(at);
      boolean capital = Character.isUpperCase(c) || Character.isTitleCase(c);
      first |= at == 0 && capital;
      letters += Character.isLetter(c) ? 1 : 0;
      capitals += capital ? 1 : 0;
      small += Character.isLowerCase(c) ? 1 : 0;
      digits += Character.isDigit(c) ? 1 : 0;
    }
    if (letters == 0) {
      return digits > 0 ? NUMBER : SYMBOL;
    }
    if (digits > 0) {
      return DIGITS;
    }
    if (capitals == 0) {
      return small == 0 ? CASELESS : LOWER;
    }
    if (capitals == 1 && first) {
      return TITLE;
    }
    return capitals == letters ? UPPER : MIXED;
  }
}
