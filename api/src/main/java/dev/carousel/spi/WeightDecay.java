package dev.carousel.spi;

/** Where weight decay enters an update. */
public enum WeightDecay {
  /** Added to the gradient after clipping: L2 regularisation. */
  L2,
  /** Taken from the parameter directly, times the learning rate: AdamW. */
  DECOUPLED
}
