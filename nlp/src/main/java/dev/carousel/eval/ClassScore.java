package dev.carousel.eval;

/**
 * One class's hits and misses.
 *
 * @param label the class
 * @param truePositives predicted and right
 * @param falsePositives predicted and wrong
 * @param falseNegatives missed
 */
public record ClassScore(
    String label, long truePositives, long falsePositives, long falseNegatives) {

  /** Returns how many examples have this label. */
  public long support() {
    return truePositives + falseNegatives;
  }

  /** Returns the share of predictions of this class that are right; 0 if it was never predicted. */
  public double precision() {
    return ratio(truePositives, truePositives + falsePositives);
  }

  /** Returns the share of this class's examples that were found; 0 if there are none. */
  public double recall() {
    return ratio(truePositives, truePositives + falseNegatives);
  }

  /** Returns 2·tp / (2·tp + fp + fn); 0 if the class occurs nowhere. */
  public double f1() {
    return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
