package dev.carousel.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Draws points over an axis, a panel for each axis, one below the other. */
public final class ScatterPng {
  private ScatterPng() {}

  /** How an axis is divided. */
  public enum Scale {
    /** Equal differences are equally long. */
    LINEAR,
    /** Equal ratios are equally long; all values are above 0. */
    LOG
  }

  /** Whether points are joined. */
  public enum Style {
    /** Points alone. */
    POINTS,
    /** Points joined in their order. */
    LINES
  }

  /**
   * The horizontal axis.
   *
   * @param name what it shows
   * @param scale how it is divided
   * @param names of the places 0, 1, 2 … where values are no numbers; otherwise empty
   */
  public record Axis(String name, Scale scale, List<String> names) {
    /** Copies. */
    public Axis {
      names = List.copyOf(names);
    }
  }

  /**
   * Points that belong together.
   *
   * @param name for the legend, no two alike in a panel
   * @param x places on the axis, at least one
   * @param y as many heights
   */
  public record Points(String name, List<Double> x, List<Double> y) {
    /** Copies and checks. */
    public Points {
      x = List.copyOf(x);
      y = List.copyOf(y);
      if (x.isEmpty() || x.size() != y.size()) {
        throw new IllegalArgumentException(
            "points need a height each, not %d for %d".formatted(y.size(), x.size()));
      }
    }
  }

  /**
   * One panel.
   *
   * @param title above it
   * @param axis the horizontal one
   * @param height what the vertical axis shows
   * @param points at least one group of them
   * @param style how they are drawn
   */
  public record Panel(String title, Axis axis, String height, List<Points> points, Style style) {
    /** Copies. */
    public Panel {
      points = List.copyOf(points);
    }
  }

  /**
   * Draws the panels and replaces {@code file} by the picture.
   *
   * @return why it could not be done, as one sentence for the user; empty if it was
   */
  public static Optional<String> write(Path file, List<Panel> panels) {
    return ChartFile.write(file, () -> ScatterCharts.png(panels));
  }
}
