package dev.carousel.bench.report;

import dev.carousel.bench.run.Outcome;
import dev.carousel.bench.run.Outcome.Measured;
import dev.carousel.bench.run.Outcome.NotMeasured;
import dev.carousel.bench.run.Results;
import java.util.Locale;

/** The lines on the screen. */
public final class TextTable {
  private static final String FORM = "%-34s %2s  %-11s %-5s %9s %9s %12s %9s %7s %7s %7s";

  private TextTable() {}

  /** The heads of the columns. */
  public static String head() {
    return String.format(
        Locale.ROOT,
        FORM,
        "row",
        "T",
        "peer",
        "in",
        "median",
        "p10",
        "tokens/s",
        "GFLOP/s",
        "limit",
        "error",
        "rivals");
  }

  /** One line; what was not measured says why. */
  public static String line(Outcome o, Results soFar) {
    if (o instanceof NotMeasured n) {
      return String.format(
          Locale.ROOT,
          "%-34s %2d  %-11s %-5s %s",
          n.row().name(),
          n.threads(),
          n.contestant().peer().name(),
          n.contestant().arithmetic(),
          "not measured: " + n.reason());
    }
    Measured m = (Measured) o;
    return String.format(
        Locale.ROOT,
        FORM,
        m.row().name(),
        m.threads(),
        m.contestant().peer().name(),
        m.contestant().arithmetic(),
        Numbers.micros(m.medianMicros()),
        Numbers.micros(m.p10Micros()),
        String.format(Locale.ROOT, "%,.0f", m.tokensPerSecond()),
        Numbers.digits(m.gflops()),
        Numbers.percent(m.fraction()),
        Numbers.error(m.maxError()),
        m.contestant().own()
            ? new Ratios(soFar).againstRivals(m).map(r -> Numbers.digits(r) + "×").orElse("")
            : "");
  }
}
