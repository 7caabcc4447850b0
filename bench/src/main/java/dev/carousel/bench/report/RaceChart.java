package dev.carousel.bench.report;

import dev.carousel.bench.run.Outcome.Measured;
import dev.carousel.bench.run.Results;
import dev.carousel.rnn.Precision;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler;

/**
 * All rows side by side: the time of each peer in parts of Carousel's in single precision, on a
 * logarithmic axis; a panel for each number of threads.
 */
final class RaceChart {
  private static final int LEAST_WIDTH = 1100;
  private static final int WIDTH_EACH = 36;
  private static final int HEIGHT = 620;
  private static final int STEEP = 70;
  private static final int MARKER = 8;

  private RaceChart() {}

  /**
   * The picture.
   *
   * @throws IOException if there is nothing to draw, or this JVM cannot
   */
  static byte[] png(Results results) throws IOException {
    List<CategoryChart> panels = new ArrayList<>();
    byThreads(results).forEach((threads, rows) -> panels.add(panel(threads, rows)));
    if (panels.isEmpty()) {
      throw new IOException("no row of Carousel in single precision was measured");
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(panels, panels.size(), 1, png, BitmapEncoder.BitmapFormat.PNG);
    return png.toByteArray();
  }

  /** For each number of threads and each row that we have, everybody's time in parts of ours. */
  private static Map<Integer, Map<String, Map<String, Double>>> byThreads(Results results) {
    Map<Integer, Map<String, Map<String, Double>>> all = new TreeMap<>();
    for (Measured own : results.measured()) {
      if (own.contestant().own() && own.contestant().precision() == Precision.F32) {
        Map<String, Double> times = new LinkedHashMap<>();
        for (Measured m : results.measured()) {
          if (m.row().equals(own.row()) && m.threads() == own.threads()) {
            times.put(m.contestant().toString(), m.medianMicros() / own.medianMicros());
          }
        }
        all.computeIfAbsent(own.threads(), t -> new LinkedHashMap<>()).put(own.row().name(), times);
      }
    }
    return all;
  }

  private static CategoryChart panel(int threads, Map<String, Map<String, Double>> rows) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Math.max(LEAST_WIDTH, WIDTH_EACH * rows.size()))
            .height(HEIGHT)
            .title(
                "time in parts of Carousel's, " + threads + (threads == 1 ? " thread" : " threads"))
            .theme(Styler.ChartTheme.GGPlot2)
            .build();
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
        .setYAxisLogarithmic(true)
        .setXAxisLabelRotation(STEEP)
        .setMarkerSize(MARKER)
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setChartBackgroundColor(Color.WHITE);
    List<String> names = List.copyOf(rows.keySet());
    for (String who :
        rows.values().stream().flatMap(t -> t.keySet().stream()).distinct().toList()) {
      List<@Nullable Double> times = new ArrayList<>();
      for (String name : names) {
        Map<String, Double> row = rows.get(name);
        times.add(row == null ? null : row.get(who));
      }
      chart.addSeries(who, names, times);
    }
    return chart;
  }
}
