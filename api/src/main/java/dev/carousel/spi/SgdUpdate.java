package dev.carousel.spi;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of gradient descent: {@code u = μ u + g; p −= lr · u}, as PyTorch has it; with the
 * look-ahead of Nesterov {@code p −= lr · (g + μ u)}.
 *
 * @param parameters updated
 * @param gradients in, before clipping
 * @param velocity updated, u; null if momentum is 0
 * @param scalars in, F64; see {@link OptimizerScalars}
 * @param momentum μ, 0 to below 1
 * @param momentumKind which momentum
 * @param decay λ of L2 regularisation, 0 for none
 */
public record SgdUpdate(
    Tensor parameters,
    Tensor gradients,
    @Nullable Tensor velocity,
    Tensor scalars,
    double momentum,
    Momentum momentumKind,
    double decay) {
  /** The two kinds of momentum. */
  public enum Momentum {
    /** Polyak 1964. */
    CLASSICAL,
    /** Nesterov 1983, in the form of Sutskever et al. 2013. */
    NESTEROV
  }
}
