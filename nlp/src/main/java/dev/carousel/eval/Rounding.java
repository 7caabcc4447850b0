package dev.carousel.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as Python prints them: the very double, a tie to the even digit. */
final class Rounding {
  private Rounding() {}

  static String fixed(double value, int digits) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }
}
