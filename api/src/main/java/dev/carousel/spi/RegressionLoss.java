package dev.carousel.spi;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of a loss of real-valued predictions.
 *
 * @param predictions in, any shape
 * @param targets in, of the same shape; an element whose target is NaN does not count, as beyond a
 *     row's length
 * @param penalty what an element's error costs
 * @param loss written, [2]: Σ of the elements' penalties, and the number of elements that count;
 *     the mean loss is their quotient
 * @param dPredictions written, of the same shape, the gradient of {@code scale ·} mean loss; zero
 *     for elements that do not count; null if it is not wanted; may be {@code predictions}
 * @param scale multiplies the gradient
 */
public record RegressionLoss(
    Tensor predictions,
    Tensor targets,
    Penalty penalty,
    Tensor loss,
    @Nullable Tensor dPredictions,
    double scale) {}
