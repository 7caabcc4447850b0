package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/** Losses of independent predictions, fused with their gradients. */
public interface LossKernels {
  /** Softmax and cross entropy over the last axis. */
  void softmax(SoftmaxLoss io);

  /** Logistic loss of independent yes/no labels. */
  void sigmoid(SigmoidLoss io);

  /**
   * Probabilities: softmax over the last axis. {@code out} may be {@code logits}.
   *
   * @param logits [..., C]
   * @param out written, [..., C]
   */
  void probabilities(Tensor logits, Tensor out);
}
