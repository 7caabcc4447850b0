package dev.carousel.bench.run;

import dev.carousel.bench.worker.Answer;
import dev.carousel.rnn.Precision;
import java.util.Map;

/** How far an answer is from the right one. */
final class Agreement {
  /**
   * Rounding errors of single precision grow over a hundred steps to some 1e-6; a mistaken gate or
   * bias shows as more than 1e-3.
   */
  private static final double SINGLE = 5e-5;

  /** Eight bits of a number, over as many steps. */
  private static final double BFLOAT = 5e-2;

  private Agreement() {}

  /** The largest error with which a peer may still be timed. */
  static double tolerance(Precision precision) {
    return precision == Precision.BF16 ? BFLOAT : SINGLE;
  }

  /**
   * The largest difference of any number, in parts of the largest number of its array.
   *
   * @throws IllegalArgumentException naming an array that is missing or of another size
   */
  static double maxError(Answer right, Answer given) {
    double worst = 0;
    for (Map.Entry<String, float[]> part : right.parts().entrySet()) {
      float[] theirs = given.parts().get(part.getKey());
      if (theirs == null) {
        throw new IllegalArgumentException("its answer has no " + part.getKey());
      }
      worst = Math.max(worst, maxError(part.getKey(), part.getValue(), theirs));
    }
    return worst;
  }

  private static double maxError(String name, float[] right, float[] given) {
    if (right.length != given.length) {
      throw new IllegalArgumentException(
          "its %s has %d numbers, not %d".formatted(name, given.length, right.length));
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < right.length; i++) {
      largest = Math.max(largest, Math.abs(right[i]));
      double d = Math.abs((double) right[i] - given[i]);
      // NaN is the largest difference of all
      difference = d <= difference ? difference : Double.isNaN(d) ? Double.POSITIVE_INFINITY : d;
    }
    return largest == 0 ? difference : difference / largest;
  }
}
