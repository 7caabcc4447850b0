package dev.carousel.spi;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/**
 * The operands of layer normalisation (Ba, Kiros and Hinton 2016, equations 3 and 4) over M rows of
 * C features; x may have any number of leading axes, folded into M:
 *
 * <pre>
 * μ = Σ_c x_c / C     σ² = Σ_c (x_c − μ)² / C     y = γ ⊙ (x − μ) / √(σ² + ε) + β
 * </pre>
 *
 * @param x in, [..., C]
 * @param gain in, γ, [C]
 * @param shift in, β, [C]
 * @param epsilon ε, above 0
 * @param y written, [..., C]; may not overlap x
 * @param statistics written, [M, 2], for backward: μ and 1 / √(σ² + ε) of each row
 */
public record LayerNormForward(
    Tensor x, Tensor gain, Tensor shift, double epsilon, Tensor y, Tensor statistics) {
  /** Checks the range of ε. */
  public LayerNormForward {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(
          "the epsilon of a layer norm must be above 0, not " + epsilon);
    }
  }

  /** M. */
  public int rows() {
    return x.shape().rows();
  }

  /** C. */
  public int features() {
    return x.shape().dim(-1);
  }

  /**
   * Checks types, shapes and overlaps (rules R7, R8).
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  public void requireFits() {
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException("a tensor without axes has no rows");
    }
    DType type = x.type();
    if (type != DType.F32 && type != DType.F64) {
      throw new IllegalArgumentException("x must be F32 or F64, not " + type);
    }
    gain.require("gain", type, features());
    shift.require("shift", type, features());
    y.require("y", type, x.shape().dims());
    statistics.require("statistics", type, rows(), 2);
    for (Tensor input : Arrays.asList(x, gain, shift)) {
      if (y.overlaps(input) || statistics.overlaps(input)) {
        throw new IllegalArgumentException("y and statistics may not overlap x, gain or shift");
      }
    }
  }
}
