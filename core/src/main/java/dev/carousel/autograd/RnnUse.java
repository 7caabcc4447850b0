package dev.carousel.autograd;

import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one recurrent call: all of them, or what a step's {@link WeightDrop} leaves.
 *
 * @param weights the parameter that the gradient goes to
 * @param drop what is dropped; null for nothing
 */
record RnnUse(RnnParameter weights, @Nullable WeightDrop drop) {
  /** What kernels read. */
  RnnWeights packed() {
    return drop == null ? weights.packed() : drop.packed();
  }

  /** Where backward adds the gradient of what kernels read; null if all of it is frozen. */
  @Nullable Tensor gradient(Tape tape) {
    return drop == null || !weights.trained() ? weights.gradientIfTrained() : drop.gradient(tape);
  }

  /** Hands on what backward added. */
  void accumulate(Tape tape, @Nullable Tensor gradient) {
    if (drop != null && gradient != null) {
      drop.accumulate(tape, gradient);
    }
    weights.zeroFrozenGradients();
  }
}
