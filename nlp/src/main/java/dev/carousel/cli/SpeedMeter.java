package dev.carousel.cli;

import dev.carousel.train.TrainingEvent;
import dev.carousel.train.TrainingListener;

/** Measures how fast training went: tokens a second over its steps, evaluations left out. */
final class SpeedMeter implements TrainingListener {
  private static final double NANOS = 1e9;

  private long tokens;
  private long nanos;
  private long since;

  /** Tokens a second; 0 before the first step. */
  double tokensPerSecond() {
    return nanos > 0 ? tokens / (nanos / NANOS) : 0;
  }

  @Override
  public void onEpochStart(TrainingEvent.EpochStarted event) {
    since = System.nanoTime();
  }

  @Override
  public void onStep(TrainingEvent.Stepped event) {
    long now = System.nanoTime();
    tokens += event.tokens();
    nanos += now - since;
    since = now;
  }

  @Override
  public void onEvaluation(TrainingEvent.Evaluated event) {
    since = System.nanoTime();
  }
}
