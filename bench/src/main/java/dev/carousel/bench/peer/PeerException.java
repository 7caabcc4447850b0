package dev.carousel.bench.peer;

/** A peer cannot be measured, or not this row of it. The message is the reason a report gives. */
public final class PeerException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says why. */
  public PeerException(String reason) {
    super(reason);
  }
}
