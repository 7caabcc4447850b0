package dev.carousel.text;

/**
 * Where a text's code points stand among its UTF-16 units.
 *
 * @param wellFormed the text with a replacement character, U+FFFD, for each surrogate that stands
 *     alone; as long as the text
 * @param units the unit at which each code point starts, and the length; empty where all are equal
 */
@SuppressWarnings("ArrayRecordComponent") // read and dropped
record CodePoints(String wellFormed, int[] units) {
  private static final char REPLACEMENT = '\uFFFD';

  static CodePoints of(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return new CodePoints(text, new int[0]);
    }
    StringBuilder clean = new StringBuilder(text);
    int[] units = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int i = 0; i + 1 < units.length; i++) {
      units[i] = at;
      int codePoint = text.codePointAt(at);
      if (Character.getType(codePoint) == Character.SURROGATE) {
        clean.setCharAt(at, REPLACEMENT);
      }
      at += Character.charCount(codePoint);
    }
    units[units.length - 1] = at;
    return new CodePoints(clean.toString(), units);
  }

  /** The unit at which a code point starts. */
  int unit(int codePoint) {
    return units.length == 0 ? codePoint : units[codePoint];
  }
}
