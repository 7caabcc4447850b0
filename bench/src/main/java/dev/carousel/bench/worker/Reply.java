package dev.carousel.bench.worker;

/**
 * One line that a worker says: a word and what belongs to it.
 *
 * @param kind the word
 * @param text the rest, without line breaks
 */
public record Reply(Kind kind, String text) {
  /** The words. */
  public enum Kind {
    /** Done; the text is what was asked for, if anything. */
    DONE,
    /** The row cannot be done; the text is the reason. */
    REFUSED,
    /** It was tried and went wrong; the text says how. */
    FAILED
  }

  /** What stands before a reply, so that what a library prints is not mistaken for one. */
  private static final String MARK = "@carousel ";

  static Reply done(String text) {
    return new Reply(Kind.DONE, text);
  }

  /** The line as it is written. */
  String line() {
    return MARK + kind + " " + text.replaceAll("\\s+", " ").strip();
  }

  /** Whether a line is a reply at all. */
  public static boolean isReply(String line) {
    return line.startsWith(MARK);
  }

  /**
   * Reads a line that {@link #isReply}.
   *
   * @throws IllegalArgumentException if its word is unknown
   */
  public static Reply parse(String line) {
    String[] parts = line.substring(MARK.length()).split(" ", 2);
    return new Reply(Kind.valueOf(parts[0]), parts.length > 1 ? parts[1] : "");
  }
}
