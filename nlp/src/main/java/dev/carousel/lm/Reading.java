package dev.carousel.lm;

/** From which end a model reads a text. */
public enum Reading {
  /** From its beginning: the only order in which text can be written. */
  FORWARD,
  /**
   * From its end: of use beside a forward model, where both together know what stands on either
   * side of a word (Akbik et al. 2018).
   */
  BACKWARD
}
