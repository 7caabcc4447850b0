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
  ZERO_DIGITS,
  /**
   * Chinese in traditional script becomes simplified, by HanLP's table of characters and phrases;
   * text in simplified script stays.
   */
  SIMPLIFIED,
  /**
   * Chinese in simplified script becomes traditional, by HanLP's table: where one simplified
   * character stands for several traditional ones, the phrase around it decides (头发 is 頭髮, 发展 is
   * 發展). Not together with {@link #SIMPLIFIED}.
   */
  TRADITIONAL
}
