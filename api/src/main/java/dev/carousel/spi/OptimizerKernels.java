package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/**
 * Updates over flat buffers. If the norm in the scalars is not finite, an update changes nothing:
 * the host finds the norm and reports it.
 */
public interface OptimizerKernels {
  /** Adds 1 to the step count. Once per optimizer step, before the updates. */
  void advance(Tensor scalars);

  /**
   * Writes the L2 norm of {@code gradients} and the clipping factor (Pascanu et al. 2013) into the
   * scalars, and adds 1 to the skipped updates if it is not finite. The sum is in double and in a
   * fixed order.
   */
  void globalNorm(Tensor gradients, Tensor scalars);

  /** Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019). */
  void adam(AdamUpdate io);

  /** Gradient descent with momentum. */
  void sgd(SgdUpdate io);
}
