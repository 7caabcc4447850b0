package dev.carousel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Renders a confusion matrix for a terminal. */
final class ConfusionTable {
  private static final String CORNER = "gold \\ predicted";
  private static final String OTHER = "(other)";
  private static final int WIDEST_LABEL = 24;

  private ConfusionTable() {}

  static String render(ConfusionMatrix matrix, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("at least 1 class must be shown, not " + classes);
    }
    int[] shown = largest(matrix, classes);
    List<String> names = new ArrayList<>();
    int[] rowOf = new int[matrix.labels().size()];
    Arrays.fill(rowOf, shown.length);
    for (int c : shown) {
      rowOf[c] = names.size();
      names.add(TextWidth.shorten(matrix.labels().get(c), WIDEST_LABEL));
    }
    if (shown.length < rowOf.length) {
      names.add(OTHER);
    }
    return layOut(cells(names, sum(matrix, rowOf, names.size())));
  }

  /** The classes with the most examples, in id order. */
  private static int[] largest(ConfusionMatrix matrix, int classes) {
    int size = matrix.labels().size();
    long[] support = new long[size];
    for (int g = 0; g < size; g++) {
      for (int p = 0; p < size; p++) {
        support[g] += matrix.count(g, p);
      }
    }
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingLong((Integer c) -> -support[c]).thenComparing(c -> c))
        .limit(classes)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static long[][] sum(ConfusionMatrix matrix, int[] rowOf, int rows) {
    long[][] counts = new long[rows][rows];
    for (int g = 0; g < rowOf.length; g++) {
      for (int p = 0; p < rowOf.length; p++) {
        counts[rowOf[g]][rowOf[p]] += matrix.count(g, p);
      }
    }
    return counts;
  }

  private static List<List<String>> cells(List<String> names, long[][] counts) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(CORNER));
    header.addAll(names);
    rows.add(header);
    for (int g = 0; g < names.size(); g++) {
      List<String> row = new ArrayList<>(List.of(names.get(g)));
      for (long count : counts[g]) {
        row.add(Long.toString(count));
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
