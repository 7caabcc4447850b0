package dev.carousel.data;

/** What a reader does with rows that it cannot understand. */
public enum BadRows {
  /** Read the file to its end, then throw one {@link DataException} that lists the bad rows. */
  FAIL,
  /** Leave the bad rows out and list them in the data set's {@link ReadReport}. */
  SKIP_AND_REPORT
}
