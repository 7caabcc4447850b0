package dev.carousel.spi;

import dev.carousel.tensor.Tensor;

/**
 * Sums, products, activations, concatenation. Outputs may be the same view as an input of their
 * shape.
 */
public interface ElementwiseKernels {
  /** {@code out = a + b}. */
  void add(Tensor a, Tensor b, Tensor out);

  /** {@code y += alpha · x}. */
  void addScaled(double alpha, Tensor x, Tensor y);

  /** {@code out = a ⊙ b}. */
  void multiply(Tensor a, Tensor b, Tensor out);

  /**
   * {@code x = min(max(x, −bound), bound)}; NaN stays.
   *
   * @param bound above 0
   * @throws IllegalArgumentException naming a bound that is not above 0
   */
  void clamp(Tensor x, double bound);

  /** {@code y = f(x)}. */
  void activate(Activation f, Tensor x, Tensor y);

  /** {@code dx = dy ⊙ f'(y)}, the derivative written as a function of the value. */
  void activateBackward(Activation f, Tensor y, Tensor dy, Tensor dx);

  /**
   * Joins along the last axis.
   *
   * @param parts [..., C_i], the same leading axes
   * @param out written, [..., ΣC_i]; may not overlap a part
   */
  void concat(Tensor[] parts, Tensor out);

  /**
   * Takes apart along the last axis; the gradient of {@link #concat}.
   *
   * @param whole [..., ΣC_i]
   * @param parts written, [..., C_i]; may not overlap the whole
   */
  void split(Tensor whole, Tensor[] parts);
}
