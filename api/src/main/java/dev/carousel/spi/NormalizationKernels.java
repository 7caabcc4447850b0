package dev.carousel.spi;

/** Layer normalisation: each row brought to mean 0 and variance 1 over its C features. */
public interface NormalizationKernels {
  /** Normalises, scales and shifts. */
  void forward(LayerNormForward io);

  /** The gradients of {@link #forward}. */
  void backward(LayerNormBackward io);
}
