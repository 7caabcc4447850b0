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

  /** Where backward adds the gradient of what kernels read. */
  Tensor gradient(Tape tape) {
    return drop == null ? weights.gradient() : drop.gradient(tape);
  }

  /** Hands on what backward added. */
  void accumulate(Tape tape, Tensor gradient) {
    if (drop != null) {
      drop.accumulate(tape, gradient);
    }
  }
}
