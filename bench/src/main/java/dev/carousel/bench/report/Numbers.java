package dev.carousel.bench.report;

import java.util.Locale;

/** Numbers for people and for programs; none of them with the decimal comma of a locale. */
final class Numbers {
  private Numbers() {}

  /** Microseconds with three digits, in a unit that suits them. */
  static String micros(double micros) {
    if (Double.isNaN(micros)) {
      return "–";
    }
    double size = Math.abs(micros);
    if (size >= 1e6) {
      return digits(micros / 1e6) + " s";
    }
    return size >= 1e3 ? digits(micros / 1e3) + " ms" : digits(micros) + " µs";
  }

  /** Three significant digits. */
  static String digits(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size >= 99.95) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, size >= 9.995 ? "%.1f" : "%.2f", value);
  }

  static String percent(double part) {
    return Double.isNaN(part) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * part);
  }

  static String error(double error) {
    return Double.isNaN(error) ? "–" : String.format(Locale.ROOT, "%.0e", error);
  }

  /** Binary megabytes. */
  static String mebibytes(long bytes) {
    return bytes < 0 ? "–" : String.format(Locale.ROOT, "%.0f", bytes / (double) (1 << 20));
  }

  /** For a CSV: empty for what was not measured. */
  static String field(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }
}
