package dev.carousel.spi;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of layer normalisation's backward call. With n = (x − μ) / √(σ² + ε) and g = γ ⊙ dy,
 * both of one row:
 *
 * <pre>
 * dx = (g − mean(g) − n mean(g ⊙ n)) / √(σ² + ε)     dγ += Σ dy ⊙ n     dβ += Σ dy
 * </pre>
 *
 * @param forward that call; x, gain and statistics must be unchanged
 * @param dy in, [..., C]
 * @param dx written, [..., C]; may not overlap dy or x
 * @param dGain added to, [C]; null if it is not wanted
 * @param dShift added to, [C]; null if it is not wanted
 */
public record LayerNormBackward(
    LayerNormForward forward,
    Tensor dy,
    Tensor dx,
    @Nullable Tensor dGain,
    @Nullable Tensor dShift) {
  /**
   * Checks types, shapes and overlaps (rules R7, R8).
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  public void requireFits() {
    forward.requireFits();
    Tensor x = forward.x();
    DType type = x.type();
    dy.require("dy", type, x.shape().dims());
    dx.require("dx", type, x.shape().dims());
    if (dGain != null) {
      dGain.require("dGain", type, forward.features());
    }
    if (dShift != null) {
      dShift.require("dShift", type, forward.features());
    }
    if (dx.overlaps(dy) || dx.overlaps(x)) {
      throw new IllegalArgumentException("dx may not overlap dy or x");
    }
  }
}
