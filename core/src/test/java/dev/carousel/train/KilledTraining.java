package dev.carousel.train;

import java.nio.file.Path;

/** A training in a process of its own, made to be killed: a checkpoint after every step. */
final class KilledTraining {
  static final int EPOCHS = 12;

  private KilledTraining() {}

  /** Trains to the end, or goes on from the checkpoint {@code args[0]}. */
  public static void main(String[] args) {
    run(Path.of(args[0]));
  }

  static RecallRun.Outcome run(Path checkpoint) {
    return new RecallRun(checkpoint)
        .settings(
            RecallRun.SETTINGS.withLimits(new TrainingSettings.Limits(EPOCHS, Long.MAX_VALUE, 2)))
        .housekeeping(Housekeeping.DEFAULT.withReadEvery(2).withCheckpointEvery(1))
        .resume();
  }
}
