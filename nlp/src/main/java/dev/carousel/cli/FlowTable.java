package dev.carousel.cli;

import dev.carousel.eval.TextWidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Norms by distance in time as a table: a line a curve, distances across. */
final class FlowTable {
  private static final int[] DISTANCES = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};
  private static final int NUMBER = 9;

  private final Map<String, double[]> curves = new LinkedHashMap<>();

  /** Adds a line; {@code norms[d]} is that at distance d. */
  void add(String name, double[] norms) {
    curves.put(name, norms);
  }

  /** The curves, for a picture. */
  Map<String, double[]> curves() {
    return curves;
  }

  /** The lines; a curve that does not reach a distance has a dash there. */
  List<String> lines() {
    int longest = curves.values().stream().mapToInt(c -> c.length).max().orElse(0);
    int[] distances = Arrays.stream(DISTANCES).filter(d -> d < longest).toArray();
    int margin = 1 + curves.keySet().stream().mapToInt(TextWidth::of).max().orElse(0);
    StringBuilder header = new StringBuilder(" ".repeat(margin));
    for (int d : distances) {
      header.append(String.format(Locale.ROOT, "%" + NUMBER + "d", d));
    }
    List<String> lines = new ArrayList<>(List.of(header.toString()));
    curves.forEach((name, norms) -> lines.add(line(name, norms, distances, margin)));
    return lines;
  }

  private static String line(String name, double[] norms, int[] distances, int margin) {
    StringBuilder line = new StringBuilder(name + " ".repeat(margin - TextWidth.of(name)));
    for (int d : distances) {
      line.append(
          d < norms.length
              ? String.format(Locale.ROOT, "%" + NUMBER + ".1e", norms[d])
              : " ".repeat(NUMBER - 1) + "-");
    }
    return line.toString();
  }
}
