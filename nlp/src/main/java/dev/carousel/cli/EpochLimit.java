package dev.carousel.cli;

import dev.carousel.train.StopSignal;
import dev.carousel.train.TrainingEvent;
import dev.carousel.train.TrainingListener;

/**
 * Stops a training at the end of an epoch, with its checkpoint written, so that it can go on from
 * there: the schedule still counts on all epochs, as it could not if there were fewer of them.
 */
final class EpochLimit implements TrainingListener {
  private final int epochs;
  private final StopSignal signal;
  private boolean reached;

  /** A limit of so many epochs, counted from the training's beginning. */
  EpochLimit(int epochs, StopSignal signal) {
    this.epochs = epochs;
    this.signal = signal;
  }

  /** Whether it was this that stopped the training. */
  boolean reached() {
    return reached;
  }

  @Override
  public void onStart(TrainingEvent.Started event) {
    stopFrom(event.at().epoch());
  }

  @Override
  public void onEpochEnd(TrainingEvent.EpochEnded event) {
    stopFrom(event.at().epoch() + 1);
  }

  private void stopFrom(int done) {
    if (done >= epochs) {
      reached = true;
      signal.request();
    }
  }
}
