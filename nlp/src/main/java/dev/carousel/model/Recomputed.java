package dev.carousel.model;

import dev.carousel.rnn.Precision;
import java.util.OptionalDouble;

/**
 * How the gates of an inspection came about. Fused kernels do not show theirs, which are computed
 * again in double; those of layers with a {@link dev.carousel.nn.CellVariant} are the backend's
 * own.
 *
 * @param backend what ran the model
 * @param precision in which it ran; recomputed gates are those of the F32 weights whatever it is
 * @param deviation the largest difference between the outputs of the model's recurrent networks and
 *     those in double; empty if nothing was computed again
 */
public record Recomputed(String backend, Precision precision, OptionalDouble deviation) {}
