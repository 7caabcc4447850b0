package dev.carousel.train;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.tensor.Tensor;

/**
 * A task in two parts, so that a trainer can record its steps: what a batch brings from the host,
 * and what is launched on it. The second part is recorded for each shape of a batch and replayed
 * with other batches of that shape: it may depend on the shapes of what was uploaded, on nothing
 * else of the batch, and must not upload, read back or wait. A batch of which that is not true is
 * said to be so by {@link #replayable}.
 *
 * @param <B> a batch, in host memory
 * @param <I> its tensors, say a record of them
 */
public interface StagedTask<B, I> extends TrainingTask<B> {
  /** Uploads a batch, always in the same order; batches that are launched alike upload alike. */
  I upload(Inputs inputs, B batch);

  /**
   * The loss of an uploaded batch; operands and result as in {@link #loss}. Lengths must be read
   * where the kernels run ({@link dev.carousel.rnn.Lengths#device}): a replay changes them there
   * and nowhere else.
   */
  Tensor launch(Ops ops, I inputs, double weight);

  /**
   * Whether the launches of a batch depend on its shapes alone. One that must look at values on the
   * host between its launches is run anew each time.
   */
  default boolean replayable(B batch) {
    return true;
  }

  @Override
  default Tensor loss(Ops ops, B batch, double weight) {
    return launch(ops, upload(Inputs.ofStep(ops), batch), weight);
  }
}
