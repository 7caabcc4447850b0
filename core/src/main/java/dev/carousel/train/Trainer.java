package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model: epochs of optimizer steps, evaluation, the best model kept, checkpoints.
 *
 * <pre>{@code
 * TrainingResult result =
 *     Trainer.of(parameters, task, batches)
 *         .settings(TrainingSettings.of(Adam.DEFAULT, new ConstantRate(1e-3), 10))
 *         .evaluator(dev)
 *         .checkpoint(directory.resolve("checkpoint.safetensors"))
 *         .listener(progress)
 *         .resume();
 * }</pre>
 *
 * <p>A run that was killed and resumed gives the same bits as one that was not: a checkpoint holds
 * the parameters, the optimizer, the dropout counter, what the schedule and the selection remember,
 * the state that is carried from batch to batch, and the place in the data. It is written after an
 * optimizer step, never within one.
 *
 * @param <B> a batch
 */
public final class Trainer<B> {
  private final ParameterSet parameters;
  private final TrainingTask<B> task;
  private final BatchSource<B> source;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private TrainingSettings settings = TrainingSettings.of(Adam.DEFAULT, new ConstantRate(1e-3), 1);
  private Housekeeping housekeeping = Housekeeping.DEFAULT;
  private StopSignal stop = new StopSignal();
  private @Nullable Evaluator evaluator;
  private @Nullable Path checkpoint;

  private Trainer(ParameterSet parameters, TrainingTask<B> task, BatchSource<B> source) {
    this.parameters = parameters;
    this.task = task;
    this.source = source;
  }

  /** A trainer of these parameters: Adam, a rate of 1e-3, one epoch, unless told otherwise. */
  public static <B> Trainer<B> of(
      ParameterSet parameters, TrainingTask<B> task, BatchSource<B> source) {
    return new Trainer<>(parameters, task, source);
  }

  /** Sets what decides the outcome. */
  public Trainer<B> settings(TrainingSettings s) {
    settings = s;
    return this;
  }

  /** Sets how often the host looks, and the memory. */
  public Trainer<B> housekeeping(Housekeeping h) {
    housekeeping = h;
    return this;
  }

  /** Sets what measures the model, at the end of each epoch and as the settings say. */
  public Trainer<B> evaluator(Evaluator e) {
    evaluator = e;
    return this;
  }

  /** Sets the file that is replaced by each checkpoint. Without one there is no checkpoint. */
  public Trainer<B> checkpoint(Path file) {
    checkpoint = file;
    return this;
  }

  /** Adds somebody who hears what happens. */
  public Trainer<B> listener(TrainingListener l) {
    listeners.add(l);
    return this;
  }

  /** Sets the signal that stops the run. */
  public Trainer<B> stopSignal(StopSignal s) {
    stop = s;
    return this;
  }

  /**
   * Trains from the present values of the parameters, at step 0. An existing checkpoint is replaced
   * by the first one of this run.
   *
   * @throws TrainingDivergedException if loss or gradient are no longer finite
   * @throws IllegalArgumentException if the settings need something that is not there
   */
  public TrainingResult run() {
    return run(null);
  }

  /**
   * Goes on from the checkpoint; if the file does not exist, as {@link #run}.
   *
   * @throws dev.carousel.store.StoreException if the file is damaged, or of another model or of
   *     other settings, naming the difference
   */
  public TrainingResult resume() {
    if (checkpoint == null) {
      throw new IllegalStateException("there is no checkpoint file to resume from: set one");
    }
    return run(Files.exists(checkpoint) ? checkpoint : null);
  }

  private TrainingResult run(@Nullable Path from) {
    checkEvaluation();
    try (TrainingStep<B> step = new TrainingStep<>(parameters, task, settings, housekeeping);
        Thawing thawing = new Thawing(parameters, settings.groups())) {
      RunState state = from == null ? null : TrainingCheckpoint.read(from, parameters, settings);
      return new TrainingLoop<>(this, step, thawing, state).run();
    }
  }

  private void checkEvaluation() {
    Selection selection = settings.selection();
    if (selection != null && evaluator == null) {
      throw new IllegalArgumentException(
          "the model is selected by " + selection.metric() + ", but there is no evaluator");
    }
    settings.requireSelection();
  }

  ParameterSet parameters() {
    return parameters;
  }

  BatchSource<B> source() {
    return source;
  }

  TrainingSettings settings() {
    return settings;
  }

  Housekeeping housekeeping() {
    return housekeeping;
  }

  StopSignal stop() {
    return stop;
  }

  List<TrainingListener> listeners() {
    return listeners;
  }

  @Nullable Evaluator evaluator() {
    return evaluator;
  }

  @Nullable Path checkpoint() {
    return checkpoint;
  }
}
