package dev.carousel.spi;

import dev.carousel.rnn.Precision;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Linear layers: {@code y = x Wᵀ + b}. M rows, I inputs, O outputs; x may have any number of
 * leading axes, folded into M.
 */
public interface LinearKernels {
  /**
   * The form of a matrix that this backend's kernels read. The caller closes it.
   *
   * @param w [O, I], kept and read again by {@link LinearWeights#refresh}
   */
  LinearWeights pack(Tensor w, Precision precision);

  /**
   * {@code y = x Wᵀ + b}.
   *
   * @param x [..., I]
   * @param bias [O], or null for none
   * @param y written, [..., O]
   */
  void forward(Tensor x, LinearWeights w, @Nullable Tensor bias, Tensor y);

  /** {@code dx = dy W}, {@code dW += dyᵀ x}, {@code db += Σ dy}. */
  void backward(LinearBackward io);
}
