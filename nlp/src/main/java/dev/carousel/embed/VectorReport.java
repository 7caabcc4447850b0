package dev.carousel.embed;

import dev.carousel.data.RowProblem;
import java.util.List;

/**
 * What was seen while vectors were read.
 *
 * @param read vectors in the file, those of unwanted words included
 * @param kept vectors that were kept
 * @param wanted words that were asked for
 * @param duplicates entries of a word that had one before; the first counts
 * @param bad entries that could not be understood
 * @param listed the first bad entries and duplicates, by line, or by entry in a binary file
 */
public record VectorReport(
    long read, long kept, long wanted, long duplicates, long bad, List<RowProblem> listed) {
  /** Copies the list. */
  public VectorReport {
    listed = List.copyOf(listed);
  }

  /** One line for all, and a line for each listed problem. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d vectors read, %d of %d words found, %d duplicates, %d bad entries%n"
            .formatted(read, kept, wanted, duplicates, bad));
    listed.forEach(problem -> text.append(problem).append('\n'));
    return text.toString();
  }
}
