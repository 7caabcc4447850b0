package dev.carousel.train;

import dev.carousel.autograd.Tape;
import dev.carousel.tensor.Tensor;

/** Uploads and launches mixed, as the task has them; nothing is kept. */
record EagerPasses<B>(TrainingTask<B> task, Tape tape, LossMeter meter) implements Passes<B> {
  @Override
  public void run(B batch, double share) {
    tape.begin();
    Tensor loss = task.loss(tape, batch, share);
    tape.backward();
    meter.add(loss);
  }

  @Override
  public void clear() {
    // nothing is kept
  }

  @Override
  public void close() {
    // nothing is kept
  }
}
