package dev.carousel.text;

/** A step that makes texts more alike before they are cut into tokens. Steps run in this order. */
public enum Normalization {
  /**
   * Unicode's compatibility composition: full-width and half-width forms, ligatures, circled
   * digits.
   */
  NFKC,
  /**
   * Curly quotes and apostrophes become straight ones, so that {@code don’t} and {@code don't} are
   * the same word.
   */
  STRAIGHT_QUOTES,
  /** Lower case in no particular language ({@code Locale.ROOT}), character by character. */
  LOWER_CASE,
  /** Every decimal digit of every script becomes 0, so that numbers share their shape. */
  ZERO_DIGITS
}
