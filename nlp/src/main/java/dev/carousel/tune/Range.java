package dev.carousel.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A number between two others, both included.
 *
 * @param name of the setting
 * @param low the lowest value
 * @param high the highest, above the lowest
 * @param scale whether differences or ratios are equally probable
 * @param kind whether the number is whole
 */
public record Range(String name, double low, double high, Scale scale, Kind kind)
    implements Dimension {
  /** So many digits are drawn: more would say nothing, and make command lines hard to read. */
  private static final MathContext DIGITS = new MathContext(4);

  /** How values are spread. */
  public enum Scale {
    /** Equal differences are equally probable. */
    LINEAR,
    /** Equal ratios are equally probable: rates, sizes. */
    LOG
  }

  /** What is drawn. */
  public enum Kind {
    /** Numbers of four digits. */
    REAL,
    /** Whole numbers. */
    WHOLE
  }

  /** Checks the ends. */
  public Range {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "a range goes from a number to a larger one, not from " + low + " to " + high);
    }
    if (scale == Scale.LOG && !(low > 0)) {
      throw new IllegalArgumentException(
          "a logarithmic range must begin above 0, not at " + low + ": leave :log out");
    }
  }

  @Override
  public String draw(SplittableRandom random) {
    double share = random.nextDouble();
    if (kind == Kind.WHOLE) {
      // up to below high + 1, so that the last number is as probable as the others
      return Long.toString((long) Math.min(high, Math.floor(between(share, high + 1))));
    }
    return text(Math.max(low, Math.min(high, rounded(between(share, high)))));
  }

  private double between(double share, double end) {
    return scale == Scale.LINEAR
        ? low + share * (end - low)
        : StrictMath.exp(StrictMath.log(low) + share * (StrictMath.log(end) - StrictMath.log(low)));
  }

  @Override
  public List<String> probes() {
    return kind == Kind.WHOLE
        ? List.of(Long.toString((long) low), Long.toString((long) high))
        : List.of(text(low), text(high));
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  private static String text(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
