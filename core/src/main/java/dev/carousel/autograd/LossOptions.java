package dev.carousel.autograd;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How a loss is taken.
 *
 * @param classWeights [C] or null for ones; for a sigmoid loss the weight of the positive class;
 *     null for a CRF
 * @param smoothing label smoothing, 0 to below 1; softmax only
 * @param weight multiplies the gradient: this loss among several, or 1 / accumulated batches
 */
public record LossOptions(@Nullable Tensor classWeights, double smoothing, double weight) {
  /** No class weights, no smoothing, weight 1. */
  public static final LossOptions PLAIN = new LossOptions(null, 0, 1);

  /** The same with this weight. */
  public LossOptions withWeight(double w) {
    return new LossOptions(classWeights, smoothing, w);
  }

  /** Refuses what a loss would otherwise ignore. */
  void refuse(String loss, boolean takesClassWeights, boolean takesSmoothing) {
    if (classWeights != null && !takesClassWeights) {
      throw new IllegalArgumentException("a " + loss + " loss takes no class weights");
    }
    if (smoothing != 0 && !takesSmoothing) {
      throw new IllegalArgumentException("a " + loss + " loss takes no label smoothing");
    }
  }
}
