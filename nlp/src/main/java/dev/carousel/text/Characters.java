package dev.carousel.text;

/** The character classes that the tokenizers tell apart. */
final class Characters {
  private static final int FIRST_CJK = 0x2E80;

  private Characters() {}

  /**
   * White space of every kind, control characters, and the zero-width space and byte-order mark.
   */
  static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.isISOControl(codePoint)
        || codePoint == 0x200B
        || codePoint == 0xFEFF;
  }

  /** Whether a whole cluster is blank; a blank that carries a mark is not. */
  static boolean isBlank(String text, int start, int end) {
    int first = text.codePointAt(start);
    return isBlank(first)
        && (end - start == Character.charCount(first) || isBlank(text.charAt(end - 1)));
  }

  /** Letters, digits, marks, the underscore and joiners: what a word is made of. */
  static boolean isWordPart(int codePoint) {
    return codePoint < 0x80
        ? isAsciiWordPart(codePoint)
        : Character.isLetterOrDigit(codePoint)
            || Graphemes.isExtender(codePoint)
            || isNumeral(codePoint)
            || codePoint == 0xAD; // soft hyphen
  }

  /** Characters of scripts written without spaces, in which each character is near a word. */
  static boolean isCjk(int codePoint) {
    if (codePoint < FIRST_CJK) {
      return false;
    }
    return codePoint == 0x30FC // the katakana length mark belongs to no script
        || switch (Character.UnicodeScript.of(codePoint)) {
          case HAN, HIRAGANA, KATAKANA, BOPOMOFO -> true;
          default -> false;
        };
  }

  private static boolean isAsciiWordPart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isNumeral(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.OTHER_NUMBER || type == Character.LETTER_NUMBER;
  }
}
