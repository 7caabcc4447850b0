package dev.carousel.tag;

/**
 * What a word looks like: what is lost when words are lower-cased before they are looked up
 * (Collobert et al. 2011 call it the caps feature).
 */
enum WordShape {
  /** Letters, none of them capital: {@code word}. */
  LOWER(0),
  /** More than one letter, all capital: {@code NATO}. */
  UPPER(1),
  /** The first letter is capital, the others are not: {@code Word}. */
  TITLE(2),
  /** Capitals elsewhere: {@code iPhone}. */
  MIXED(3),
  /** Digits and punctuation only: {@code 1,000}. */
  NUMBER(4),
  /** Letters and digits: {@code B2B}. */
  DIGITS(5),
  /** Neither letters nor digits: {@code --}. */
  SYMBOL(6),
  /** Letters of a script without capitals. */
  CASELESS(7);

  private final int row;

  WordShape(int row) {
    this.row = row;
  }

  /** Its row in the table of embeddings of saved models. */
  int row() {
    return row;
  }

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
