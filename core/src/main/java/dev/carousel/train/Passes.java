package dev.carousel.train;

import dev.carousel.autograd.Tape;

/** How the forward and backward pass of a batch comes about. */
interface Passes<B> extends AutoCloseable {
  /**
   * Adds the gradients of one batch.
   *
   * @param share the batch's part of the optimizer step
   */
  void run(B batch, double share);

  /** Forgets what depends on which parameters are frozen. */
  void clear();

  @Override
  void close();

  /** Recorded for a task in two parts, otherwise everything anew for each batch. */
  static <B> Passes<B> of(TrainingTask<B> task, Tape tape, LossMeter meter) {
    return task instanceof StagedTask<B, ?> staged
        ? new RecordedPasses<>(staged, tape, meter, RecordedPasses.CAPACITY)
        : new EagerPasses<>(task, tape, meter);
  }
}
