package dev.carousel.spi;

/**
 * Dot-product attention with lengths, {@code out = softmax(scale · q kᵀ) v} per row of the batch
 * (Luong et al. 2015). Q query steps, T key steps, N rows, K key features, C value features.
 */
public interface AttentionKernels {
  /** Computes the weights and the weighted sums; a row without keys yields zeros. */
  void forward(AttentionForward io);

  /** The gradient of {@link #forward}. */
  void backward(AttentionBackward io);
}
