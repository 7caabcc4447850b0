package dev.carousel.train;

import dev.carousel.autograd.Ops;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What is learned: a model's forward pass and its loss on one batch. The same code runs on a tape,
 * where it is trained, and on an eval, where it is measured.
 *
 * @param <B> a batch, in host memory; the task uploads it into tensors taken from {@code ops}
 */
public interface TrainingTask<B> {
  /**
   * Computes the loss of a batch.
   *
   * @param weight to hand on in {@code LossOptions.withWeight}: it multiplies the gradient, and is
   *     this batch's share of an optimizer step
   * @return [2], the sum and the weight of the rows, as the losses of {@link Ops} give it. A task
   *     with several losses returns the one to be reported; the others contribute their gradients.
   */
  Tensor loss(Ops ops, B batch, double weight);

  /**
   * How much a batch counts beside the others of the same optimizer step: over how many rows its
   * loss is the mean. With these an accumulated step has the gradient of one large batch.
   */
  double rows(B batch);

  /**
   * What is carried from batch to batch beside the parameters, so that checkpoints hold it; null
   * for nothing. Whoever made it closes it.
   */
  default @Nullable CarriedState carried() {
    return null;
  }

  /**
   * Whether what is carried begins anew with this batch, as at the start of an epoch: the trainer
   * then resets {@link #carried} before it.
   */
  default boolean startsAnew(B batch) {
    return false;
  }

  /**
   * Multiplies the learning rate of the optimizer step that this batch is in, above 0; the mean of
   * its batches' factors if there are several. Batches of windows whose lengths are drawn scale it
   * by their length (Merity et al. 2018, section 5).
   */
  default double rateFactor(B batch) {
    return 1;
  }

  /** Tokens of a batch, padding not counted, for the speed that is reported. */
  long tokens(B batch);
}
