package dev.carousel.text;

import java.util.Map;

/** Where the Penn Treebank splits English contractions. */
final class EnglishContractions {
  /** Words written as one, and the length of their first part. */
  private static final Map<String, Integer> FUSED =
      Map.of("cannot", 3, "gimme", 3, "gonna", 3, "gotta", 3, "lemme", 3, "wanna", 3);

  private static final int LONGEST_FUSED = 6;

  private EnglishContractions() {}

  /**
   * The last place to split a word.
   *
   * @return the index where its last part starts, or {@code start} if it is one part
   */
  static int split(String text, int start, int end) {
    int clitic = cliticLength(text, start, end);
    if (clitic > 0 && clitic < end - start) {
      return end - clitic;
    }
    if (end - start > LONGEST_FUSED || end - start < 5) {
      return start;
    }
    return start + FUSED.getOrDefault(lower(text, start, end), 0);
  }

  /**
   * Whether an apostrophe that stands alone starts a clitic, as in tokenised text: {@code it 's}.
   */
  static int cliticEnd(String text, int apostrophe) {
    int end = apostrophe + 1;
    while (end < text.length() && end <= apostrophe + 2 && isAsciiLetter(text.charAt(end))) {
      end++;
    }
    boolean wordEnds = end == text.length() || !Characters.isWordPart(text.codePointAt(end));
    return wordEnds && cliticLength(text, apostrophe, end) == end - apostrophe ? end : apostrophe;
  }

  static boolean isApostrophe(int c) {
    return c == '\'' || c == '\u2019';
  }

  private static int cliticLength(String text, int start, int end) {
    int length = end - start;
    if (length >= 2 && isApostrophe(text.charAt(end - 2))) {
      return switch (lower(text, end - 1, end)) {
        case "t" -> length >= 3 && (text.charAt(end - 3) | 0x20) == 'n' ? 3 : 0;
        case "s", "m", "d" -> 2;
        default -> 0;
      };
    }
    if (length >= 3 && isApostrophe(text.charAt(end - 3))) {
      return switch (lower(text, end - 2, end)) {
        case "re", "ve", "ll" -> 3;
        default -> 0;
      };
    }
    return 0;
  }

  private static String lower(String text, int start, int end) {
    StringBuilder lower = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return lower.toString();
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
