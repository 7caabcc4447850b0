package dev.carousel.eval;

import java.util.Arrays;

/**
 * The mean of a measure over several runs, and how far the runs lie apart.
 *
 * @param runs how many runs
 * @param mean their mean
 * @param deviation the sample standard deviation (divisor n − 1); NaN for a single run, whose
 *     spread is unknown, not zero
 */
public record Spread(int runs, double mean, double deviation) {

  /**
   * Measures a spread.
   *
   * @param values one value a run, at least one
   * @return mean and deviation
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values to take the mean of");
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Spread(
        values.length,
        mean,
        values.length == 1 ? Double.NaN : Math.sqrt(squares / (values.length - 1)));
  }
}
