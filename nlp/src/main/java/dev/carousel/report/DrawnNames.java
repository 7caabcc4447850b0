package dev.carousel.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Names as a picture shows them: a font without their characters would draw boxes, so a number
 * stands for those names, and a legend in text tells which.
 *
 * @param shown what to draw, in the order of the names
 * @param legend which numbers stand for what, as one sentence; empty if none does
 */
record DrawnNames(List<String> shown, Optional<String> legend) {
  /**
   * Numbers the names that cannot be drawn, as {@code #1} for the first of all names.
   *
   * @param drawable whether a font has all characters of a name
   */
  static DrawnNames of(List<String> names, Predicate<String> drawable) {
    List<String> shown = new ArrayList<>();
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String drawn = drawable.test(name) ? name : "#" + (i + 1);
      shown.add(drawn);
      if (!drawn.equals(name)) {
        numbered.add(drawn + " " + name);
      }
    }
    return new DrawnNames(
        List.copyOf(shown),
        numbered.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", numbered)));
  }
}
