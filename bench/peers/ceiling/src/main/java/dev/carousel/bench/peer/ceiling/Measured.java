package dev.carousel.bench.peer.ceiling;

import dev.carousel.bench.worker.Burst;
import dev.carousel.bench.worker.Exercise;

/** Times something after a warm-up of the same length. */
final class Measured {
  private Measured() {}

  static double medianNanos(Exercise.Action action, long nanos) throws Exception {
    Burst.of(action, 1, nanos);
    return Burst.of(action, 1, nanos).medianNanos();
  }
}
