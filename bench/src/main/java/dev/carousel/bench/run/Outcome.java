package dev.carousel.bench.run;

import dev.carousel.bench.row.Row;

/** What came of one peer on one row. */
public sealed interface Outcome {
  /** Which row. */
  Row row();

  /** With how many threads. */
  int threads();

  /** Who. */
  Contestant contestant();

  /**
   * It was measured.
   *
   * @param medianMicros the median over the rounds of the median call of each
   * @param p10Micros the median over the rounds of the call that a tenth were quicker than
   * @param spread of the medians over the rounds: largest less smallest, in parts of the median
   * @param gflops matrix arithmetic a nanosecond
   * @param fraction the limit's time in parts of this one's; NaN where there is no limit
   * @param maxError the largest difference from the double-precision answer, in parts of the
   *     largest number of its array; of losses in parts of how far they fell
   * @param implementation what the library says it runs; may be empty
   */
  record Measured(
      Row row,
      int threads,
      Contestant contestant,
      double medianMicros,
      double p10Micros,
      double spread,
      double gflops,
      double fraction,
      double maxError,
      String implementation)
      implements Outcome {
    /** Real steps a second; of a translation the tokens that are written. */
    public double tokensPerSecond() {
      return row.tokens() / medianMicros * 1e6;
    }
  }

  /**
   * It was not, and why.
   *
   * @param reason one sentence
   */
  record NotMeasured(Row row, int threads, Contestant contestant, String reason)
      implements Outcome {}
}
