package dev.carousel.model;

import dev.carousel.data.SourceFile;
import dev.carousel.spi.Backend;
import dev.carousel.store.Provenance;
import dev.carousel.train.StopSignal;
import dev.carousel.train.Trainer;
import dev.carousel.train.TrainingListener;
import dev.carousel.train.TrainingResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What trainers of every task share: who listens, where checkpoints go, what stops them, and where
 * the model comes from. A task's trainer adds {@code fit}, from data to a model.
 *
 * @param <S> the task's trainer, so that calls chain
 */
public abstract class TaskTrainer<S extends TaskTrainer<S>> {
  private final Backend backend;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private StopSignal stop = new StopSignal();
  private @Nullable Path checkpoint;
  private Start start = Start.FRESH;

  /**
   * A trainer.
   *
   * @param backend what computes; it must outlive the models
   */
  protected TaskTrainer(Backend backend) {
    this.backend = backend;
  }

  /** Returns this. */
  protected abstract S self();

  /** Adds somebody who hears how training goes. */
  public final S listener(TrainingListener listener) {
    listeners.add(listener);
    return self();
  }

  /** Writes a checkpoint to this file after each epoch, and begins as {@code start} says. */
  public final S checkpoint(Path file, Start from) {
    checkpoint = file;
    start = from;
    return self();
  }

  /** Sets what asks training to stop before its end. */
  public final S stopSignal(StopSignal signal) {
    stop = signal;
    return self();
  }

  /** What computes. */
  protected final Backend backend() {
    return backend;
  }

  /** Runs a prepared training with these listeners, this checkpoint and this signal. */
  protected final TrainingResult run(Trainer<?> trainer) {
    trainer.stopSignal(stop);
    listeners.forEach(trainer::listener);
    if (checkpoint == null) {
      return trainer.run();
    }
    trainer.checkpoint(checkpoint);
    return start == Start.RESUME ? trainer.resume() : trainer.run();
  }

  /**
   * Where a model comes from.
   *
   * @param data the files it was trained and selected by
   * @param begun when training began
   */
  protected final Provenance provenance(
      TaskSettings settings, List<SourceFile> data, Instant begun, TrainingResult result) {
    SortedMap<String, String> checksums = new TreeMap<>();
    data.forEach(file -> checksums.put(file.name(), file.sha256()));
    SortedMap<String, Double> metrics = new TreeMap<>();
    result.best().forEach((name, value) -> metrics.put("dev." + name, value));
    return new Provenance(
        settings.training().seed(),
        Provenance.Software.current(),
        new Provenance.Compute(
            backend.name(),
            backend.describe().toString(),
            settings.precision().name(),
            Runtime.getRuntime().availableProcessors()),
        Provenance.Timing.of(begun, Duration.between(begun, Instant.now())),
        checksums,
        metrics,
        settings.describe());
  }
}
