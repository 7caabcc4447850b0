package dev.carousel.spi;

import dev.carousel.rnn.Sequences;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of a CRF's loss.
 *
 * @param emissions in, [T, N, K]
 * @param transitions in, [K + 2, K]
 * @param gold in, I32 [T, N]; read within each row's length only
 * @param loss written, [2]: Σ of the rows' negative log-likelihoods, and the number of rows with at
 *     least one step
 * @param dEmissions written everywhere, [T, N, K], the gradient of {@code scale ·} the mean over
 *     rows; null if it is not wanted
 * @param dTransitions added to, [K + 2, K]; null if it is not wanted
 * @param scale multiplies the gradients
 * @param work scratch, BYTE
 */
public record CrfLoss(
    Sequences emissions,
    Tensor transitions,
    Tensor gold,
    Tensor loss,
    @Nullable Tensor dEmissions,
    @Nullable Tensor dTransitions,
    double scale,
    Tensor work) {}
