package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/**
 * The operands of Adam. With g the clipped gradient and t the step:
 *
 * <pre>
 * m = β₁ m + (1 − β₁) g     v = β₂ v + (1 − β₂) g²
 * p −= lr · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * @param parameters updated
 * @param gradients in, of the same shape, before clipping
 * @param m updated, first moment
 * @param v updated, second moment
 * @param scalars in, F64; see {@link OptimizerScalars}
 * @param beta1 β₁, usually 0.9
 * @param beta2 β₂, usually 0.999
 * @param epsilon ε, usually 1e-8
 * @param decay λ, 0 for none
 * @param decayKind L2 (g += λ p) or decoupled (p −= lr λ p, before the update)
 */
public record AdamUpdate(
    Tensor parameters,
    Tensor gradients,
    Tensor m,
    Tensor v,
    Tensor scalars,
    double beta1,
    double beta2,
    double epsilon,
    double decay,
    WeightDecay decayKind) {}
