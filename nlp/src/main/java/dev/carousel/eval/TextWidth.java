package dev.carousel.eval;

import dev.carousel.text.Graphemes;

/** How many columns text takes on a terminal: 2 for East Asian characters and emoji, else 1. */
public final class TextWidth {
  private TextWidth() {}

  /** The columns of a text. */
  public static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); at = Graphemes.next(text, at)) {
      width += isWide(text.codePointAt(at)) ? 2 : 1;
    }
    return width;
  }

  /** Cuts a text that takes more columns than allowed and ends it with an ellipsis. */
  public static String shorten(String text, int columns) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    if (of(printable) <= columns) {
      return printable;
    }
    int width = 1;
    int at = 0;
    while (width + (isWide(printable.codePointAt(at)) ? 2 : 1) <= columns) {
      width += isWide(printable.codePointAt(at)) ? 2 : 1;
      at = Graphemes.next(printable, at);
    }
    return printable.substring(0, at) + "\u2026";
  }

  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
