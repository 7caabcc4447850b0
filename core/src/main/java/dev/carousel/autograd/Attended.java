package dev.carousel.autograd;

import dev.carousel.tensor.Tensor;

/**
 * What attention gives.
 *
 * @param out [Q, N, C]
 * @param weights [Q, N, T], for a look inside
 */
public record Attended(Var out, Tensor weights) {}
