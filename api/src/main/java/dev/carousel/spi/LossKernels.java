package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/**
 * Losses of independent predictions, fused with their gradients.
 *
 * <p>A focal loss (Lin et al. 2017, equation 4) multiplies the loss of a prediction by {@code (1 −
 * p)^γ}, where p is the probability that it gives to what is right: what is learned already counts
 * little, as in data of which most is easy. γ is 0 or more; 0 is the plain loss.
 */
public interface LossKernels {
  /** Softmax and cross entropy over the last axis. */
  void softmax(SoftmaxLoss io);

  /**
   * Its focal loss, {@code −w_g (1 − p_g)^γ log p_g}; the weight of a row is w_g, as in {@link
   * #softmax}.
   *
   * @param focus γ
   * @throws IllegalArgumentException naming a γ below 0, or a smoothing that is not 0
   */
  void focalSoftmax(SoftmaxLoss io, double focus);

  /** Logistic loss of independent yes/no labels. */
  void sigmoid(SigmoidLoss io);

  /**
   * Its focal loss, {@code −w t (1 − σ(x))^γ log σ(x) − (1−t) σ(x)^γ log (1−σ(x))}.
   *
   * @param focus γ
   * @throws IllegalArgumentException naming a γ below 0
   */
  void focalSigmoid(SigmoidLoss io, double focus);

  /** Squared, absolute or Huber's error. */
  void regression(RegressionLoss io);

  /**
   * Probabilities: softmax over the last axis. {@code out} may be {@code logits}.
   *
   * @param logits [..., C]
   * @param out written, [..., C]
   */
  void probabilities(Tensor logits, Tensor out);
}
