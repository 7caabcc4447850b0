package dev.carousel.text;

import java.util.List;

/**
 * Finds web and e-mail addresses. Every look ahead is bounded or consumed, so scanning is linear.
 */
final class WebAddress {
  private static final List<String> PREFIXES = List.of("http://", "https://", "ftp://", "www.");
  private static final String NEVER_INSIDE = "<>\"\u201C\u201D\u2018\u2019";
  private static final String NEVER_LAST = ".,;:!?'*)]}";
  private static final int LONGEST_LOCAL_PART = 64; // RFC 5321
  private static final int LONGEST_DOMAIN = 255;

  private WebAddress() {}

  /** The end of the address that starts here, or {@code start} if none does. */
  static int end(String text, int start) {
    for (String prefix : PREFIXES) {
      if (text.regionMatches(true, start, prefix, 0, prefix.length())) {
        int end = urlEnd(text, start + prefix.length());
        return end > start + prefix.length() ? end : start;
      }
    }
    return emailEnd(text, start);
  }

  private static int urlEnd(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (Characters.isBlank(c) || isEastAsian(c) || NEVER_INSIDE.indexOf(c) >= 0) {
        break;
      }
      end = Graphemes.next(text, end);
    }
    // A closing parenthesis belongs to the address if the address opened one.
    boolean opened = text.substring(from, end).indexOf('(') >= 0;
    while (end > from && isTrailing(text.charAt(end - 1), opened)) {
      end--;
    }
    return end;
  }

  /** Chinese and Japanese text goes on behind an address without a space. */
  private static boolean isEastAsian(int c) {
    return Characters.isCjk(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
  }

  private static boolean isTrailing(char c, boolean parenthesisOpened) {
    return NEVER_LAST.indexOf(c) >= 0 && !(c == ')' && parenthesisOpened);
  }

  private static int emailEnd(String text, int start) {
    if (!isLetterOrDigit(text.charAt(start))) {
      return start;
    }
    int at = start;
    while (at < text.length() && at - start <= LONGEST_LOCAL_PART && isLocalPart(text.charAt(at))) {
      at++;
    }
    if (at == text.length() || text.charAt(at) != '@') {
      return start;
    }
    int end = domainEnd(text, at + 1);
    return end > at + 1 ? end : start;
  }

  /** The end of a domain with at least one dot and a last label of two letters or more. */
  private static int domainEnd(String text, int from) {
    int end = from;
    while (end < text.length() && end - from < LONGEST_DOMAIN && isDomainPart(text.charAt(end))) {
      end++;
    }
    while (end > from && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
      end--;
    }
    int dot = text.lastIndexOf('.', end - 1);
    boolean letters = text.substring(Math.max(dot, 0), end).chars().noneMatch(WebAddress::isDigit);
    boolean wholeWord = end == text.length() || !Characters.isWordPart(text.codePointAt(end));
    return dot > from && end - dot > 2 && letters && wholeWord ? end : from;
  }

  private static boolean isLocalPart(char c) {
    return isDomainPart(c) || c == '_' || c == '+' || c == '%';
  }

  private static boolean isDomainPart(char c) {
    return isLetterOrDigit(c) || c == '.' || c == '-';
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
