package dev.carousel.train;

/** Checks that the schedules share. */
final class Rates {

  private Rates() {}

  static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
    }
  }

  static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }

  static void requireFraction(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be above 0 and at most 1, got " + value);
    }
  }

  static void requireMinimum(double minimum, double base) {
    if (!(minimum >= 0 && minimum <= base)) {
      throw new IllegalArgumentException(
          "minimum must lie between 0 and the base rate %s, got %s".formatted(base, minimum));
    }
  }
}
