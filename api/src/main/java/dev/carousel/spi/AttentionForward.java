package dev.carousel.spi;

import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Tensor;

/**
 * The operands of attention.
 *
 * @param q in, [Q, N, K]
 * @param k in, [T, N, K]
 * @param v in, [T, N, C]
 * @param keys how many of the T keys of each row are real
 * @param scale multiplies the scores; 1, or 1/√K (Vaswani et al. 2017)
 * @param weights written, [Q, N, T], zero beyond a row's length
 * @param out written, [Q, N, C]
 */
public record AttentionForward(
    Tensor q, Tensor k, Tensor v, Lengths keys, double scale, Tensor weights, Tensor out) {}
