package dev.carousel.bench.worker;

/** A library, or the adapter to it, has no way to do a row. The message is the reason. */
public final class RefusedRowException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says why. */
  public RefusedRowException(String reason) {
    super(reason);
  }
}
