package dev.carousel.kit.run;

import java.util.SplittableRandom;

/**
 * Seeded numbers, each exact in single precision, so that every arithmetic starts from the same.
 */
public final class RandomValues {
  private final SplittableRandom random;

  /** The sequence of {@code seed}. */
  public RandomValues(long seed) {
    random = new SplittableRandom(seed);
  }

  /** {@code n} numbers in [−bound, bound]. */
  public double[] uniform(int n, double bound) {
    return between(n, -bound, bound);
  }

  /** {@code n} numbers in [least, most]. */
  public double[] between(int n, double least, double most) {
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      v[i] = (float) (least + random.nextDouble() * (most - least));
    }
    return v;
  }

  /** {@code n} numbers of either sign whose magnitude is in [least, most]. */
  public double[] awayFromZero(int n, double least, double most) {
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      double magnitude = least + random.nextDouble() * (most - least);
      v[i] = (float) (random.nextBoolean() ? magnitude : -magnitude);
    }
    return v;
  }

  /** {@code n} integers, {@code least} to {@code most} inclusive. */
  public int[] integers(int n, int least, int most) {
    int[] v = new int[n];
    for (int i = 0; i < n; i++) {
      v[i] = random.nextInt(least, most + 1);
    }
    return v;
  }
}
