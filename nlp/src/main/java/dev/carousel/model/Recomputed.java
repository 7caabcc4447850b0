package dev.carousel.model;

import dev.carousel.rnn.Precision;

/**
 * How the gates of an inspection came about: in double, because fused kernels do not show theirs.
 *
 * @param backend what ran the model
 * @param precision in which it ran; the gates are those of the F32 weights whatever it is
 * @param deviation the largest difference between the outputs of the model's recurrent networks and
 *     those in double
 */
public record Recomputed(String backend, Precision precision, double deviation) {}
