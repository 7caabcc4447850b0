package dev.carousel.eval;

import java.util.ArrayList;
import java.util.List;

/** Renders a confusion matrix for a terminal. */
final class ConfusionTable {
  private static final String CORNER = "gold \\ predicted";
  private static final int WIDEST_LABEL = 24;

  private ConfusionTable() {}

  static String render(ConfusionMatrix matrix, int classes) {
    return layOut(cells(matrix.largest(classes)));
  }

  private static List<List<String>> cells(ConfusionMatrix matrix) {
    List<String> names =
        matrix.labels().stream().map(name -> TextWidth.shorten(name, WIDEST_LABEL)).toList();
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(CORNER));
    header.addAll(names);
    rows.add(header);
    for (int g = 0; g < names.size(); g++) {
      List<String> row = new ArrayList<>(List.of(names.get(g)));
      for (int p = 0; p < names.size(); p++) {
        row.add(Long.toString(matrix.count(g, p)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String layOut(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      table.append(row.get(0)).append(" ".repeat(widths[0] - TextWidth.of(row.get(0))));
      for (int i = 1; i < widths.length; i++) {
        table.append(" ".repeat(2 + widths[i] - TextWidth.of(row.get(i)))).append(row.get(i));
      }
      table.append('\n');
    }
    return table.toString();
  }
}
