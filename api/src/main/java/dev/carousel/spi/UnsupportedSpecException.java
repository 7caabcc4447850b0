package dev.carousel.spi;

/** A backend cannot do what a plan asks for (rule R9). The message says what, and who can. */
public final class UnsupportedSpecException extends BackendException {
  private static final long serialVersionUID = 1;

  /** Says what cannot be done. */
  public UnsupportedSpecException(String message) {
    super(message);
  }
}
