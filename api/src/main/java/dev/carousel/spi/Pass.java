package dev.carousel.spi;

/** What a plan is made for. */
public enum Pass {
  /** Forward only; nothing is kept. */
  INFERENCE,
  /** Forward that keeps what backward needs, and backward. */
  TRAINING
}
