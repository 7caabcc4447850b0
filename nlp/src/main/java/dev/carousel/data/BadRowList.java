package dev.carousel.data;

import java.util.ArrayList;
import java.util.List;

/** The rows of one file that could not be understood, as far as the options list them. */
final class BadRowList {
  private final String source;
  private final ReadOptions options;
  private final List<RowProblem> listed = new ArrayList<>();
  private long count;

  BadRowList(String source, ReadOptions options) {
    this.source = source;
    this.options = options;
  }

  void add(long line, String problem) {
    count++;
    if (listed.size() < options.maxListed()) {
      listed.add(new RowProblem(source, line, problem));
    }
  }

  /**
   * What was left out.
   *
   * @throws DataException if a bad row is an error
   */
  ReadReport report() {
    ReadReport report = new ReadReport(count, listed);
    if (count > 0 && options.badRows() == BadRows.FAIL) {
      RowProblem first = listed.get(0);
      String others =
          count == 1
              ? ""
              : "\nand %d more:\n%s".formatted(count - 1, report.describe().stripTrailing());
      throw DataException.at(
          source,
          first.line(),
          first.problem() + "; correct it, or leave bad rows out (--skip-bad-rows)" + others);
    }
    return report;
  }
}
