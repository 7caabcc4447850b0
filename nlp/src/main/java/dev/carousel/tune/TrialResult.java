package dev.carousel.tune;

/**
 * How far a trial got.
 *
 * @param trial its number
 * @param rung of the search, from 0
 * @param epochs that it has trained
 * @param score its best on the selecting data so far; 0 if it failed
 * @param failure why it cannot go on, or empty
 */
public record TrialResult(int trial, int rung, int epochs, double score, String failure) {
  /** Whether it has no score. */
  public boolean failed() {
    return !failure.isEmpty();
  }
}
