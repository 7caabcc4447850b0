package dev.carousel.train;

/**
 * Asks a training that runs in another thread to stop. It writes a checkpoint after the optimizer
 * step under way and returns. Interrupting its thread does the same.
 */
public final class StopSignal {
  private volatile boolean requested;

  /** A signal that nobody has given yet. */
  public StopSignal() {}

  /** Asks; does not wait. */
  public void request() {
    requested = true;
  }

  /** Whether somebody asked. */
  public boolean requested() {
    return requested;
  }
}
