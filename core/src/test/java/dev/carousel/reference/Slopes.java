package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Gradient checks in double. */
final class Slopes {
  private static final double STEP = 1e-5;

  private Slopes() {}

  /**
   * Requires {@code gradient} to be the slope of the objective along each of {@code values}, by
   * central differences, to 1e-8 of the largest gradient.
   */
  static void require(String name, double[] values, double[] gradient, DoubleSupplier objective) {
    double scale = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + STEP;
      double above = objective.getAsDouble();
      values[i] = value - STEP;
      double below = objective.getAsDouble();
      values[i] = value;
      assertThat(gradient[i])
          .as("d%s[%d]", name, i)
          .isCloseTo((above - below) / (2 * STEP), within(1e-8 * (1 + scale)));
    }
  }

  /** Numbers around 0.1, so that their sum is not zero either. */
  static double[] random(Random random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.1 + random.nextGaussian() * 0.4;
    }
    return values;
  }

  /** Σ a ⊙ b. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
