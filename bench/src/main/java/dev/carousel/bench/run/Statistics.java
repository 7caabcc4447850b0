package dev.carousel.bench.run;

import java.util.Arrays;
import java.util.List;

/** Of a few numbers. */
public final class Statistics {
  private Statistics() {}

  /**
   * The middle one, or the mean of the two in the middle.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static double median(List<Double> numbers) {
    double[] sorted = sorted(numbers);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The largest less the smallest, in parts of the median. */
  public static double spread(List<Double> numbers) {
    double[] sorted = sorted(numbers);
    return (sorted[sorted.length - 1] - sorted[0]) / median(numbers);
  }

  /** The n-th root of the product; NaN for none. */
  public static double geometricMean(List<Double> numbers) {
    double logs = numbers.stream().mapToDouble(Math::log).average().orElse(Double.NaN);
    return Math.exp(logs);
  }

  private static double[] sorted(List<Double> numbers) {
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
