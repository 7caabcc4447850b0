package dev.carousel.autograd;

import java.util.SplittableRandom;

/** Normal deviates that are the same on every JVM, unlike the library's. */
final class Gaussian {
  private Gaussian() {}

  /** Box and Muller 1958, one of the pair. */
  static double next(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    double angle = 2 * Math.PI * random.nextDouble();
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(angle);
  }
}
