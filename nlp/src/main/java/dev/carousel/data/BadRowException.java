package dev.carousel.data;

/**
 * One row that cannot become an example. Checked and internal: {@link BadRows} decides whether it
 * ends the reading.
 */
final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;

  BadRowException(long line, String problem) {
    super(problem);
    this.line = line;
  }

  long line() {
    return line;
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
