package dev.carousel.spi;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Additive attention with lengths (Bahdanau et al. 2015): the score of query i and key t is {@code
 * scale · Σ_j energy_j tanh(q_ij + k_tj)}, q and k already projected; softmax and weighted sum are
 * those of {@link AttentionKernels}, and so are the letters. Nothing of size Q·T·K is kept: the
 * gradient computes the hyperbolic tangents again.
 */
public interface AdditiveAttentionKernels {
  /**
   * Computes the weights and the weighted sums; a row without keys yields zeros.
   *
   * @param energy in, [K]
   */
  void forward(AttentionForward io, Tensor energy);

  /**
   * The gradient of {@link #forward}.
   *
   * @param energy in, [K], as it was in forward
   * @param dEnergy added to, [K]; null if it is not wanted
   */
  void backward(AttentionBackward io, Tensor energy, @Nullable Tensor dEnergy);
}
