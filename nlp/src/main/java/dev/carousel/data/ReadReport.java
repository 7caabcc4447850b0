package dev.carousel.data;

import java.util.List;

/**
 * The rows that were left out of a data set.
 *
 * @param skipped how many rows were left out
 * @param listed the first of them, as many as {@link ReadOptions#maxListed()} allowed per file
 */
public record ReadReport(long skipped, List<RowProblem> listed) {
  /** Nothing was left out. */
  public static final ReadReport CLEAN = new ReadReport(0, List.of());

  /** Copies the list. */
  public ReadReport {
    listed = List.copyOf(listed);
    if (skipped < listed.size()) {
      throw new IllegalArgumentException(
          skipped + " rows skipped but " + listed.size() + " listed");
    }
  }

  /** Returns one line per listed problem, and a last line for those not listed. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    listed.forEach(problem -> text.append(problem).append('\n'));
    if (skipped > listed.size()) {
      text.append("and ").append(skipped - listed.size()).append(" more bad rows\n");
    }
    return text.toString();
  }
}
