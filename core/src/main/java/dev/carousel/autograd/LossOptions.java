package dev.carousel.autograd;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How a loss is taken.
 *
 * @param classWeights [C] or null for ones; for a sigmoid loss the weight of the positive class;
 *     null for a CRF
 * @param smoothing label smoothing, 0 to below 1; softmax only, and not with a focus
 * @param focus γ of a focal loss (Lin et al. 2017), 0 for none; softmax and sigmoid
 * @param weight multiplies the gradient: this loss among several, or 1 / accumulated batches
 */
public record LossOptions(
    @Nullable Tensor classWeights, double smoothing, double focus, double weight) {
  /** No class weights, no smoothing, weight 1. */
  public static final LossOptions PLAIN = new LossOptions(null, 0, 1);

  /** Refuses a focus below 0, and what does not go together. */
  public LossOptions {
    if (!(focus >= 0 && focus < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the focus of a focal loss must be 0 or more, not " + focus);
    }
    if (focus > 0 && smoothing > 0) {
      throw new IllegalArgumentException(
          "a focal loss takes no label smoothing: leave one of them out");
    }
  }

  /** Without a focus. */
  public LossOptions(@Nullable Tensor classWeights, double smoothing, double weight) {
    this(classWeights, smoothing, 0, weight);
  }

  /** The same with this weight. */
  public LossOptions withWeight(double w) {
    return new LossOptions(classWeights, smoothing, focus, w);
  }

  /** The same with this γ of a focal loss. */
  public LossOptions withFocus(double gamma) {
    return new LossOptions(classWeights, smoothing, gamma, weight);
  }

  /** Refuses what a loss would otherwise ignore; only that of a softmax takes smoothing. */
  void refuse(String loss, boolean takesClassWeights, boolean takesFocus) {
    if (classWeights != null && !takesClassWeights) {
      throw new IllegalArgumentException("a " + loss + " loss takes no class weights");
    }
    if (focus != 0 && !takesFocus) {
      throw new IllegalArgumentException("a " + loss + " loss takes no focus");
    }
    if (smoothing != 0) {
      throw new IllegalArgumentException("a " + loss + " loss takes no label smoothing");
    }
  }
}
