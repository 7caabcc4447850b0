package dev.carousel.lm;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How a long text is cut into windows that a network is unrolled over.
 *
 * @param kind whether the state is carried, and whether lengths vary
 * @param steps tokens a window, at least 1
 * @param stride of {@link Kind#SLIDING}: tokens from one window to the next, at least 1; 0 for the
 *     others
 */
public record Unrolling(Kind kind, int steps, int stride) {
  private static final double HALF_SHARE = 0.05;
  private static final double DEVIATION = 5;
  private static final int SHORTEST = 5;

  /** The ways of cutting. */
  public enum Kind {
    /** Windows follow each other, and the state is carried from one to the next. */
    FIXED,
    /**
     * The same with a length drawn for each window, so that cuts fall elsewhere in each epoch:
     * normal with deviation 5 about {@code steps}, or one time in twenty about half of it, at least
     * 5; the learning rate is scaled by length / steps (Merity et al. 2018, section 5).
     */
    DRAWN,
    /**
     * Every window begins with a state of zeros and predicts the one token after it: the classic
     * exercise. The model then looks at so many tokens when it is used, too.
     */
    SLIDING
  }

  /** Checks the ranges. */
  public Unrolling {
    if (steps < 1) {
      throw new IllegalArgumentException("a window needs at least 1 token, not " + steps);
    }
    if ((kind == Kind.SLIDING) != (stride > 0)) {
      throw new IllegalArgumentException(
          "the stride must be at least 1 for sliding windows and 0 for others, not %d for %s"
              .formatted(stride, kind));
    }
  }

  /** Windows of so many tokens, the state carried. */
  public static Unrolling carried(int steps) {
    return new Unrolling(Kind.FIXED, steps, 0);
  }

  /** Tokens that a model of such windows looks at; 0 where the state is carried. */
  int context() {
    return kind == Kind.SLIDING ? steps : 0;
  }

  /**
   * Where the windows of an epoch begin, and after the last of them its end.
   *
   * @param length steps to cut
   */
  int[] cuts(int length, long seed, int epoch) {
    SplittableRandom random = new SplittableRandom(seed ^ (epoch + 1L) * 0x9E3779B97F4A7C15L);
    int[] cuts = new int[length + 1];
    int count = 0;
    for (int at = 0; at < length; at += window(random)) {
      cuts[count++] = at;
    }
    cuts[count++] = length;
    return Arrays.copyOf(cuts, count);
  }

  private int window(SplittableRandom random) {
    if (kind == Kind.FIXED) {
      return steps;
    }
    double mean = random.nextDouble() < HALF_SHARE ? steps / 2.0 : steps;
    return Math.max(SHORTEST, (int) (mean + DEVIATION * normal(random)));
  }

  /** Box and Muller 1958, one of the pair; the library's own are not the same on every JVM. */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
