package dev.carousel.cli;

import dev.carousel.eval.TextWidth;
import dev.carousel.translate.AttentionMap;
import java.util.List;

/**
 * An attention map for a terminal: a line for each written token, a column for each token that was
 * read, the darker the more it was looked at. The columns' tokens stand above like stairs.
 */
final class AttentionText {
  private static final String SHADES = " ░▒▓█";
  private static final int WIDEST = 16;

  private AttentionText() {}

  static String of(AttentionMap map) {
    StringBuilder text = new StringBuilder();
    int margin =
        map.target().stream().mapToInt(t -> Math.min(WIDEST, TextWidth.of(t))).max().orElse(0) + 1;
    List<String> source = map.source();
    for (int i = 0; i < source.size(); i++) {
      text.append(" ".repeat(margin)).append("│ ".repeat(i)).append(source.get(i)).append('\n');
    }
    for (int j = 0; j < map.target().size(); j++) {
      String token = TextWidth.shorten(map.target().get(j), WIDEST);
      text.append(token).append(" ".repeat(margin - TextWidth.of(token)));
      for (float weight : map.weights()[j]) {
        text.append(shade(weight)).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Five shades of equal steps, the lightest below a tenth. */
  private static char shade(float weight) {
    int steps = SHADES.length() - 1;
    return SHADES.charAt(Math.min(steps, (int) Math.floor(weight * steps + 0.6)));
  }
}
