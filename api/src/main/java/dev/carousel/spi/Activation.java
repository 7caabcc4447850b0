package dev.carousel.spi;

/** Element-wise functions whose derivative is a function of their value y. */
public enum Activation {
  /** tanh x; y' = 1 − y². */
  TANH,
  /** 1 / (1 + e^−x); y' = y (1 − y). */
  SIGMOID,
  /** max(0, x); y' = 1 where y &gt; 0. */
  RELU
}
