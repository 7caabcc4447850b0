package dev.carousel.kit.run;

/**
 * The largest difference between a tensor and what it should be.
 *
 * @param tensor its name
 * @param index where in the tensor
 * @param got the value there
 * @param want what it should be
 * @param absolute the difference, infinite where one side is NaN
 * @param relative the difference divided by the largest magnitude in the wanted tensor, or by 1 if
 *     that is larger: rounding in a sum grows with the terms, not with what is left of them
 */
public record Deviation(
    String tensor, int index, double got, double want, double absolute, double relative) {

  /**
   * Compares two tensors element by element.
   *
   * @throws IllegalArgumentException if their sizes differ
   */
  public static Deviation of(String tensor, double[] got, double[] want) {
    if (got.length != want.length) {
      throw new IllegalArgumentException(
          "%s has %d elements, not %d".formatted(tensor, got.length, want.length));
    }
    int worst = 0;
    double most = 0;
    double scale = 1;
    for (int i = 0; i < got.length; i++) {
      scale = Math.max(scale, Math.abs(want[i]));
      double difference = difference(got[i], want[i]);
      if (difference > most) {
        most = difference;
        worst = i;
      }
    }
    return got.length == 0
        ? new Deviation(tensor, 0, 0, 0, 0, 0)
        : new Deviation(tensor, worst, got[worst], want[worst], most, most / scale);
  }

  private static double difference(double a, double b) {
    double d = a == b ? 0 : Math.abs(a - b);
    return Double.isNaN(d) ? Double.POSITIVE_INFINITY : d;
  }

  /** For example {@code y[17] is 0.25, not 0.5 (off by 2.5e-01, relative 2.5e-01)}. */
  @Override
  public String toString() {
    return "%s[%d] is %s, not %s (off by %.1e, relative %.1e)"
        .formatted(tensor, index, got, want, absolute, relative);
  }
}
