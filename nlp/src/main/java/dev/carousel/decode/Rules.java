package dev.carousel.decode;

/**
 * What may be written.
 *
 * @param begin the token that every sequence begins with, which is not written
 * @param end the token that ends one
 * @param never tokens that are never written, such as padding
 * @param noRepeat no stretch of so many tokens occurs twice in a hypothesis; 0 for no such rule
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Rules(int begin, int end, int[] never, int noRepeat) {
  /** Checks the ranges. */
  public Rules {
    if (noRepeat < 0) {
      throw new IllegalArgumentException(
          "the length of stretches that do not repeat must be at least 0, not " + noRepeat);
    }
    never = never.clone();
  }
}
