package dev.carousel.spi;

/** Records a whole step once, to be replayed without the host's work. */
public interface Capture {
  /**
   * Runs {@code step} once and keeps what it launched. The step may not allocate, read back or
   * wait; a replay sees the same addresses with whatever they hold then. A backend without graphs
   * keeps the step itself and runs it again.
   */
  Replay record(Runnable step);
}
