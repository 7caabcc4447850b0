package dev.carousel.cli;

import dev.carousel.eval.TextWidth;
import java.util.List;

/** Tokens in the first column of a table, East Asian ones counted as two columns. */
final class TokenText {
  private static final String BAR = "█";
  private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

  private TokenText() {}

  /** Columns that the tokens take, at most {@code widest}, and one more. */
  static int margin(List<String> tokens, int widest) {
    return 1
        + tokens.stream().mapToInt(t -> Math.min(widest, TextWidth.of(visible(t)))).max().orElse(0);
  }

  /** A token, cut and padded to {@code margin} columns. */
  static String padded(String token, int margin) {
    String cut = TextWidth.shorten(visible(token), margin - 1);
    return cut + " ".repeat(margin - TextWidth.of(cut));
  }

  /** White space as something to see. */
  static String visible(String token) {
    String ended = token.replace('\n', '⏎');
    return ended.isBlank() ? ended.replace(' ', '␣') : ended;
  }

  /** A bar for a share, 0 to 1, of at most so many columns. */
  static String bar(double share, int columns) {
    int eighths = (int) Math.round(Math.max(0, Math.min(1, share)) * columns * EIGHTHS.length);
    return BAR.repeat(eighths / EIGHTHS.length) + EIGHTHS[eighths % EIGHTHS.length];
  }
}
