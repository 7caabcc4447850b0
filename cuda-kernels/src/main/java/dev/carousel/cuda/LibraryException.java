package dev.carousel.cuda;

import dev.carousel.spi.BackendException;

/** A call to one of NVIDIA's libraries returned something other than success. */
final class LibraryException extends BackendException {
  private static final long serialVersionUID = 1;

  private final int status;

  LibraryException(String call, int status, String meaning) {
    super(call + " failed with status " + status + " (" + meaning + ")");
    this.status = status;
  }

  /** The status. */
  int status() {
    return status;
  }
}
