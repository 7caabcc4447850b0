package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/**
 * The operands of attention's gradient.
 *
 * @param forward the forward call, its tensors unchanged
 * @param dOut in, [Q, N, C]
 * @param dq written, [Q, N, K]
 * @param dk written, [T, N, K]
 * @param dv written, [T, N, C]
 */
public record AttentionBackward(
    AttentionForward forward, Tensor dOut, Tensor dq, Tensor dk, Tensor dv) {}
