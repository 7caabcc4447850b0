package dev.carousel.train;

import java.time.Duration;

/**
 * Asks work that runs in another thread to stop, or sets it a deadline. A training writes a
 * checkpoint after the optimizer step under way and returns; interrupting its thread does the same.
 * What writes text ends after the token under way.
 */
public final class StopSignal {
  private static final long NEVER = Long.MAX_VALUE;

  private final long begun = System.nanoTime();
  private final long limit;
  private volatile boolean requested;

  /** A signal that nobody has given yet. */
  public StopSignal() {
    this.limit = NEVER;
  }

  private StopSignal(Duration limit) {
    this.limit = limit.toNanos();
  }

  /** A signal that gives itself once this much time has passed, from now on. */
  public static StopSignal after(Duration limit) {
    return new StopSignal(limit);
  }

  /** Asks; does not wait. */
  public void request() {
    requested = true;
  }

  /** Whether somebody asked, or the time is over. */
  public boolean requested() {
    return requested || (limit != NEVER && System.nanoTime() - begun >= limit);
  }
}
