package dev.carousel.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which columns of a file hold a pair, counted from 1.
 *
 * @param source what is read
 * @param target what is to be written
 */
public record PairColumns(int source, int target) {
  /** The first two. */
  public static final PairColumns FIRST = new PairColumns(1, 2);

  private static final Pattern TWO = Pattern.compile("([1-9][0-9]{0,3}),([1-9][0-9]{0,3})");

  /** Checks that they are two. */
  public PairColumns {
    if (source < 1 || target < 1 || source == target) {
      throw new IllegalArgumentException(
          "source and target need two columns from 1 on, not " + source + " and " + target);
    }
  }

  /**
   * Reads {@code SOURCE,TARGET}.
   *
   * @throws IllegalArgumentException if that is not what it is
   */
  public static PairColumns parse(String text) {
    Matcher m = TWO.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "columns are SOURCE,TARGET, counted from 1, as in 2,1; not '" + text + "'");
    }
    return new PairColumns(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
  }
}
