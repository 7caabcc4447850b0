package dev.carousel.store;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory could not be read or written as asked.
 *
 * <p>This is the only exception that damaged, hostile or missing input makes this package throw.
 * The message reads {@code FILE: WHAT IS WRONG; WHAT TO DO}.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;

  /**
   * Reports a problem of {@code file}.
   *
   * @param problem what is wrong, naming the tensor, field or byte concerned
   * @param remedy what the reader of the message can do about it
   */
  public StoreException(Path file, String problem, String remedy) {
    this(file, problem, remedy, null);
  }

  /** Reports a problem of {@code file} that another exception revealed. */
  public StoreException(Path file, String problem, String remedy, @Nullable Throwable cause) {
    super(file + ": " + problem + "; " + remedy, cause);
    this.file = file;
  }

  /** The file or directory that the problem is about. */
  public Path file() {
    return file;
  }

  static StoreException unreadable(Path file, IOException cause) {
    return new StoreException(
        file,
        "cannot be read (" + reason(cause) + ")",
        "check that it exists and that this user may read it",
        cause);
  }

  static StoreException unwritable(Path file, IOException cause) {
    return new StoreException(
        file,
        "cannot be written (" + reason(cause) + ")",
        "check the free space and that this user may write there",
        cause);
  }

  static StoreException damaged(Path file, String problem) {
    return new StoreException(file, problem, "the file is damaged: copy or create it again");
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    String type = cause.getClass().getSimpleName();
    return message == null ? type : type + ": " + message;
  }
}
