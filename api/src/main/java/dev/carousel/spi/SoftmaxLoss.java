package dev.carousel.spi;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The operands of softmax cross entropy over M rows of C classes. With class weights w and label
 * smoothing ε (Szegedy et al. 2016; ε/C for every class, as PyTorch has it) the loss of a row with
 * gold label g is {@code −(1−ε) w_g log p_g − (ε/C) Σ_c w_c log p_c}.
 *
 * @param logits in, [..., C]
 * @param gold in, I32 [...]; a negative label takes the row out of the loss
 * @param classWeights in, [C], or null for ones
 * @param smoothing ε, 0 to below 1
 * @param loss written, [2]: Σ of the rows' losses, and Σ w_g of the rows that count; the mean loss
 *     is their quotient
 * @param dLogits written, [..., C], the gradient of {@code scale ·} mean loss; zero where no row
 *     counts; null if it is not wanted; may be {@code logits}
 * @param scale multiplies the gradient, for accumulation over several batches
 */
public record SoftmaxLoss(
    Tensor logits,
    Tensor gold,
    @Nullable Tensor classWeights,
    double smoothing,
    Tensor loss,
    @Nullable Tensor dLogits,
    double scale) {
  /** Checks the range of the smoothing. */
  public SoftmaxLoss {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("label smoothing must be 0 to below 1, not " + smoothing);
    }
  }
}
