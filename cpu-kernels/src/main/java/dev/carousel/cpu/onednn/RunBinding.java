package dev.carousel.cpu.onednn;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Which weights and scratch a run's calls point at. An arena hands out the same addresses step
 * after step, so a run is seldom bound anew.
 */
final class RunBinding {
  private long weights = -1;
  private @Nullable Space kept;
  private @Nullable Space work;
  private boolean forwardBound;
  private boolean backwardBound;

  /** Follows the operands of a call; if they are not the last call's, nothing is bound any more. */
  void follow(PackedRnnWeights newWeights, Tensor newKept, Tensor newWork) {
    if (weights != newWeights.id()
        || kept == null
        || work == null
        || !kept.is("reserve", newKept)
        || !work.is("work", newWork)) {
      weights = newWeights.id();
      work = new Space("work", newWork);
      kept = new Space("reserve", newKept);
      forwardBound = false;
      backwardBound = false;
    }
  }

  /** Whether forward must be bound; answers no from then on. */
  boolean claimForward() {
    boolean must = !forwardBound;
    forwardBound = true;
    return must;
  }

  /** Whether backward must be bound; answers no from then on. */
  boolean claimBackward() {
    boolean must = !backwardBound;
    backwardBound = true;
    return must;
  }

  Space kept() {
    return bound(kept);
  }

  Space work() {
    return bound(work);
  }

  private static Space bound(@Nullable Space space) {
    if (space == null) {
      throw new IllegalStateException("nothing is bound yet");
    }
    return space;
  }
}
