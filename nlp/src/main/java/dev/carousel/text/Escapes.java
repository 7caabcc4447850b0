package dev.carousel.text;

import dev.carousel.data.DataException;
import dev.carousel.data.Utf8Lines;

/**
 * Tokens on lines: {@code \n}, {@code \r}, {@code \t} and {@code \\}, and <code>&#92;uXXXX</code>
 * for NUL and for lone surrogates, which UTF-8 cannot hold.
 */
final class Escapes {
  private Escapes() {}

  static String escape(String token) {
    StringBuilder line = new StringBuilder(token.length() + 2);
    int c;
    for (int at = 0; at < token.length(); at += Character.charCount(c)) {
      c = token.codePointAt(at);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        case '\\' -> line.append("\\\\");
        default -> {
          if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            line.append(String.format("\\u%04x", c));
          } else {
            line.appendCodePoint(c);
          }
        }
      }
    }
    return line.toString();
  }

  /** Turns the line that was just read back into a token. */
  static String unescape(String line, Utf8Lines lines) {
    int backslash = line.indexOf('\\');
    if (backslash < 0) {
      return line;
    }
    StringBuilder token = new StringBuilder(line.length());
    int copied = 0;
    while (backslash >= 0) {
      token.append(line, copied, backslash);
      copied = backslash + 2;
      char kind = copied <= line.length() ? line.charAt(backslash + 1) : ' ';
      switch (kind) {
        case 'n' -> token.append('\n');
        case 'r' -> token.append('\r');
        case 't' -> token.append('\t');
        case '\\' -> token.append('\\');
        case 'u' -> {
          token.append(codeUnit(line, copied, lines));
          copied += 4;
        }
        default -> throw bad(lines);
      }
      backslash = line.indexOf('\\', copied);
    }
    return token.append(line, copied, line.length()).toString();
  }

  private static char codeUnit(String line, int from, Utf8Lines lines) {
    if (from + 4 > line.length()) {
      throw bad(lines);
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(line.charAt(i), 16);
      if (digit < 0) {
        throw bad(lines);
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private static DataException bad(Utf8Lines lines) {
    return DataException.at(
        lines.source(), lines.number(), "a bad escape; known are \\n \\r \\t \\\\ and \\uXXXX");
  }
}
