package dev.carousel.spi;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of a linear layer's backward call.
 *
 * @param x in, [..., I], as it was in forward
 * @param w in, [O, I]
 * @param dy in, [..., O]
 * @param dx written, [..., I]; null if it is not wanted
 * @param dw added to, [O, I]; null if it is not wanted
 * @param dBias added to, [O]; null if it is not wanted
 */
public record LinearBackward(
    Tensor x,
    LinearWeights w,
    Tensor dy,
    @Nullable Tensor dx,
    @Nullable Tensor dw,
    @Nullable Tensor dBias) {}
