package dev.carousel.spi;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of logistic loss over M rows of C independent labels. With weights w of the positive
 * class the loss of an element with target t is {@code −w t log σ(x) − (1−t) log (1−σ(x))}.
 *
 * @param logits in, [..., C]
 * @param targets in, [..., C], each 0 to 1; a row whose first target is negative does not count
 * @param positiveWeights in, [C], or null for ones
 * @param loss written, [2]: Σ of the elements' losses, and the number of elements that count
 * @param dLogits written, [..., C], the gradient of {@code scale ·} mean loss; null if it is not
 *     wanted; may be {@code logits}
 * @param scale multiplies the gradient
 */
public record SigmoidLoss(
    Tensor logits,
    Tensor targets,
    @Nullable Tensor positiveWeights,
    Tensor loss,
    @Nullable Tensor dLogits,
    double scale) {}
