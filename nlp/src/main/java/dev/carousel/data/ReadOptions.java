package dev.carousel.data;

/**
 * How strictly a file is read.
 *
 * @param badRows what to do with rows that cannot be understood
 * @param maxListed how many bad rows a report or an error lists by line, at least 1; all are
 *     counted
 * @param maxLineBytes the longest line (in CSV: row) accepted, in bytes, 1 to 2^30; a longer one
 *     always ends the reading, since such a file is seldom text
 */
public record ReadOptions(BadRows badRows, int maxListed, int maxLineBytes) {
  /** 16 MiB. */
  public static final int DEFAULT_MAX_LINE_BYTES = 16 << 20;

  /** Bad rows are errors; at most 20 are listed; lines may hold 16 MiB. */
  public static final ReadOptions STRICT = withBadRows(BadRows.FAIL);

  /** As {@link #STRICT}, but bad rows are left out and reported. */
  public static final ReadOptions LENIENT = withBadRows(BadRows.SKIP_AND_REPORT);

  /** Checks the ranges. */
  public ReadOptions {
    if (maxListed < 1 || maxLineBytes < 1 || maxLineBytes > 1 << 30) {
      throw new IllegalArgumentException(
          "maxListed must be at least 1 and maxLineBytes in 1..2^30: "
              + maxListed
              + ", "
              + maxLineBytes);
    }
  }

  /**
   * The default limits with one policy for bad rows.
   *
   * @param badRows the policy
   * @return the options
   */
  public static ReadOptions withBadRows(BadRows badRows) {
    return new ReadOptions(badRows, 20, DEFAULT_MAX_LINE_BYTES);
  }
}
