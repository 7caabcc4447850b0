package dev.carousel.nn;

import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;

/**
 * What a decoder attends to, projected once for all its steps.
 *
 * @param keys [T, N, K]
 * @param values [T, N, M]
 * @param lengths how many of the T steps of each row are real
 */
public record AttentionMemory(Var keys, Var values, Lengths lengths) {}
