package dev.carousel.embed;

import dev.carousel.data.RowProblem;
import java.util.List;

/**
 * What was seen while vectors were read. Duplicates and bad entries are those of all words, wanted
 * or not.
 *
 * @param read vectors in the file, those of unwanted words included
 * @param kept vectors that were kept
 * @param wanted words that were asked for
 * @param duplicates entries of a word that had one before; the first counts
 * @param bad entries that could not be understood
 * @param unparsed vectors of unwanted words in a text file: of their numbers it was only checked
 *     that each is written with digits, signs, points and exponents
 * @param promised vectors that the file's first line promises; −1 where it does not say
 * @param listed the first bad entries and duplicates, by line, or by entry in a binary file
 */
public record VectorReport(
    long read,
    long kept,
    long wanted,
    long duplicates,
    long bad,
    long unparsed,
    long promised,
    List<RowProblem> listed) {
  /** What {@link #promised} is where there is no such line. */
  static final long UNSAID = -1;

  /** Copies the list. */
  public VectorReport {
    listed = List.copyOf(listed);
  }

  /** Whether the file has as many entries as its first line says, or that line does not say. */
  public boolean complete() {
    return promised == UNSAID || promised == read + bad;
  }

  /** One line for all, one if the file seems cut off, and a line for each listed problem. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d vectors read, %d of %d words found, %d duplicates, %d bad entries among all\n"
            .formatted(read, kept, wanted, duplicates, bad));
    if (!complete()) {
      text.append(
          "warning: the first line promises %d vectors, the file has %d: %s\n"
              .formatted(
                  promised,
                  read + bad,
                  read + bad < promised ? "is it cut off?" : "is that line another file's?"));
    }
    if (unparsed > 0) {
      text.append(
          "of %d vectors of other words only the numbers' characters were checked\n"
              .formatted(unparsed));
    }
    listed.forEach(problem -> text.append(problem).append('\n'));
    return text.toString();
  }
}
