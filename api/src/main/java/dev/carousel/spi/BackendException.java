package dev.carousel.spi;

import org.jspecify.annotations.Nullable;

/** A backend or its device failed; the message names the call and its status. */
public class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what failed. */
  public BackendException(String message) {
    super(message);
  }

  /** Says what failed, and why. */
  public BackendException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
