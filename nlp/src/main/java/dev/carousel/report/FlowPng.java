package dev.carousel.report;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Draws how far gradients reach back: norms over distance in time, on a logarithmic axis. */
public final class FlowPng {
  private FlowPng() {}

  /**
   * Draws curves and replaces {@code file} by the picture. Norms of 0 and those that are not finite
   * have no place on the axis and are left out.
   *
   * @param curves norms at distance 0, 1, … by name
   * @return why it could not be done, as one sentence for the user; empty if it was
   */
  public static Optional<String> write(Path file, Map<String, double[]> curves) {
    return ChartFile.write(file, () -> FlowChart.png(curves));
  }
}
