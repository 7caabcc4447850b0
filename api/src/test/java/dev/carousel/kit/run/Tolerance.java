package dev.carousel.kit.run;

import dev.carousel.rnn.Precision;

/**
 * How far a result may be from the truth, as {@link Deviation#relative}.
 *
 * @param forward for values
 * @param gradient for gradients, which sum over steps and rows
 */
public record Tolerance(double forward, double gradient) {
  /**
   * What each arithmetic deserves: a few hundred roundings of its own unit (2⁻⁵³ in double, 2⁻²⁴
   * single, 2⁻¹¹ for 19-bit and half products, 2⁻⁸ bfloat16, 2⁻⁷ of a row's largest for integers,
   * which have no gradient).
   */
  public static Tolerance of(Precision precision) {
    return switch (precision) {
      case F64 -> new Tolerance(1e-10, 1e-10);
      case F32 -> new Tolerance(1e-5, 1e-4);
      case TF32, F16 -> new Tolerance(5e-3, 1e-2);
      case BF16 -> new Tolerance(2e-2, 2e-2);
      case INT8 -> new Tolerance(5e-2, Double.NaN);
    };
  }

  /** Whether {@code d} is within this tolerance. */
  public boolean allows(Deviation d) {
    return d.relative() <= (d.tensor().startsWith("d") ? gradient : forward);
  }
}
