package dev.carousel.nn;

import dev.carousel.autograd.Var;
import dev.carousel.tensor.Tensor;
import java.util.List;

/**
 * What a decoder makes of some steps.
 *
 * @param features h̃, [T, N, A]: what the output layer reads
 * @param weights attention weights of consecutive stretches of steps, each [steps · R, N, S] for S
 *     encoded steps; one stretch if all steps were computed at once
 * @param last the state after the last step
 */
public record Decoded(Var features, List<Tensor> weights, DecoderState last) {}
