package dev.carousel.data;

import java.util.ArrayList;
import java.util.List;

/** Takes a gloss's text apart: {@code definition; "example"; "example"}. */
final class GlossText {
  private GlossText() {}

  /**
   * Splits at the first quote that starts the gloss or follows a semicolon; other quotes belong to
   * the definition.
   */
  static Gloss split(String lexicographerFile, String text) {
    int start = examplesStart(text);
    String definition = text.substring(0, start).strip();
    if (definition.endsWith(";")) {
      definition = definition.substring(0, definition.length() - 1).strip();
    }
    return new Gloss(lexicographerFile, text, definition, quoted(text, start));
  }

  private static int examplesStart(String text) {
    for (int at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
      if (opensExample(text, at)) {
        return at;
      }
    }
    return text.length();
  }

  private static boolean opensExample(String text, int quote) {
    int before = quote - 1;
    while (before >= 0 && text.charAt(before) == ' ') {
      before--;
    }
    return before < 0 || text.charAt(before) == ';';
  }

  private static List<String> quoted(String text, int from) {
    List<String> examples = new ArrayList<>();
    int open = text.indexOf('"', from);
    while (open >= 0) {
      int close = text.indexOf('"', open + 1);
      // A few glosses lack their last quote.
      int end = close < 0 ? text.length() : close;
      examples.add(text.substring(open + 1, end).strip());
      open = close < 0 ? -1 : text.indexOf('"', close + 1);
    }
    return examples;
  }
}
