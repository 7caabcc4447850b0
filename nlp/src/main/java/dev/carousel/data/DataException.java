package dev.carousel.data;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file holds something that cannot be read as what it was said to be. The message starts with
 * {@code file:line:} (or {@code file:} where no single line is to blame) and says what to do.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final long line;

  private DataException(String message, String source, long line) {
    super(message);
    this.source = source;
    this.line = line;
  }

  /**
   * A failure at one line.
   *
   * @param source the file's name, as the user knows it
   * @param line the line, counted from 1
   * @param problem what is wrong and what to do
   * @return the exception, to be thrown
   */
  public static DataException at(String source, long line, String problem) {
    return new DataException(source + ":" + line + ": " + problem, source, line);
  }

  /**
   * A failure of the file as a whole.
   *
   * @param source the file's name, as the user knows it
   * @param problem what is wrong and what to do
   * @return the exception, to be thrown
   */
  public static DataException in(String source, String problem) {
    return new DataException(source + ": " + problem, source, 0);
  }

  /**
   * Passes where there is a file.
   *
   * @throws DataException if there is none, or something else of that name
   */
  public static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw in(file.toString(), Files.exists(file) ? "is not a file" : "there is no such file");
    }
  }

  /** Returns the name of the file that could not be read. */
  public String source() {
    return source;
  }

  /** Returns the line to blame, counted from 1, or 0 where it is the file as a whole. */
  public long line() {
    return line;
  }
}
