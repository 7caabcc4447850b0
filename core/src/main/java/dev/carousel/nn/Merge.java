package dev.carousel.nn;

/** How the outputs of the two directions of a bidirectional network become one. */
public enum Merge {
  /** Side by side: 2·stateSize features. */
  CONCAT,
  /** Their sum: stateSize features. */
  SUM,
  /** Half their sum. */
  AVERAGE,
  /** Their product. */
  MULTIPLY
}
