package dev.carousel.train;

import dev.carousel.rnn.Cell;
import dev.carousel.train.Recall.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A training in which everything has a state: dropout, accumulation over unequal batches, clipping,
 * warm-up, plateau, selection, evaluations within epochs. Every object is new for every run, as in
 * a new process.
 */
final class RecallRun {
  static final int BATCHES = 8;
  static final int ACCUMULATION = 3;
  static final int STEPS_AN_EPOCH = 3;
  static final int EPOCHS = 4;

  static final TrainingSettings SETTINGS =
      TrainingSettings.of(
              Adam.DEFAULT,
              new WarmUp(
                  new ReduceOnPlateau(0.05, 0.5, 0, 1e-4, Goal.MINIMIZE), 4, WarmUp.Shape.LINEAR),
              EPOCHS)
          .withLimits(new TrainingSettings.Limits(EPOCHS, Long.MAX_VALUE, 2))
          .withAccumulation(ACCUMULATION)
          .withClipNorm(0.5)
          .withSelection(Selection.best("loss", Goal.MINIMIZE))
          .withSeed(11);

  private final Path checkpoint;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private TrainingSettings settings = SETTINGS;
  private Housekeeping housekeeping = Housekeeping.DEFAULT.withReadEvery(2);
  private BatchSource<Batch> source = Recall.batches(BATCHES);
  private StopSignal stop = new StopSignal();

  RecallRun(Path checkpoint) {
    this.checkpoint = checkpoint;
  }

  RecallRun settings(TrainingSettings s) {
    settings = s;
    return this;
  }

  RecallRun housekeeping(Housekeeping h) {
    housekeeping = h;
    return this;
  }

  RecallRun source(BatchSource<Batch> s) {
    source = s;
    return this;
  }

  RecallRun stop(StopSignal s) {
    stop = s;
    return this;
  }

  RecallRun listener(TrainingListener l) {
    listeners.add(l);
    return this;
  }

  /** Does something just before the {@code count}-th batch is read, counted from 1. */
  RecallRun before(int count, Runnable what) {
    BatchSource<Batch> inner = source;
    int[] seen = {0};
    source =
        epoch -> {
          Batches<Batch> batches = inner.epoch(epoch);
          return new Batches<>() {
            @Override
            public int size() {
              return batches.size();
            }

            @Override
            public Batch get(int index) {
              if (++seen[0] == count) {
                what.run();
              }
              return batches.get(index);
            }
          };
        };
    return this;
  }

  /** What stands for the end of the process. */
  static final class Kill extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Ends the run with a {@link Kill} before the {@code count}-th batch. */
  RecallRun killedBefore(int count) {
    return before(
        count,
        () -> {
          throw new Kill();
        });
  }

  /** How it ended, and the parameters afterwards. */
  @SuppressWarnings("ArrayRecordComponent") // read one by one
  record Outcome(TrainingResult result, float[] values) {}

  /** Goes on from the checkpoint if there is one, in a model of its own. */
  Outcome resume() {
    Batch dev = Batch.random(-1, 5, 20);
    try (Recall recall = new Recall(Cell.LSTM, 0.2, 3)) {
      Trainer<Batch> trainer =
          Trainer.of(recall.parameters(), recall, source)
              .settings(settings)
              .housekeeping(housekeeping)
              .evaluator(() -> recall.measure(dev))
              .checkpoint(checkpoint)
              .stopSignal(stop);
      listeners.forEach(trainer::listener);
      return new Outcome(trainer.resume(), recall.parameters().download());
    }
  }
}
