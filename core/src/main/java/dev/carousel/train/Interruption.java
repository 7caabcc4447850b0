package dev.carousel.train;

/**
 * Whether a run was asked to stop, by its signal or by an interrupt. An interrupt is taken off the
 * thread when it is seen, because writing a file with it set would fail, and put back at the end.
 */
final class Interruption {
  private final StopSignal signal;
  private boolean interrupted;

  Interruption(StopSignal signal) {
    this.signal = signal;
  }

  boolean requested() {
    interrupted |= Thread.interrupted();
    return interrupted || signal.requested();
  }

  /** Does {@code write}, again from the beginning if an interrupt broke it. */
  void shield(Runnable write) {
    while (true) {
      try {
        write.run();
        return;
      } catch (RuntimeException e) {
        if (!Thread.interrupted()) {
          throw e;
        }
        interrupted = true;
      }
    }
  }

  /** Gives an interrupt that was seen back to the thread. */
  void passOn() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
