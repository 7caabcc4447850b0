package dev.carousel.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The drawing behind {@link FlowPng}. Lengths are in pixels. */
final class FlowChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final float LINE = 1.6f;

  private FlowChart() {}

  static byte[] png(Map<String, double[]> curves) throws IOException {
    if (curves.values().stream().allMatch(norms -> drawable(norms).length == 0)) {
      throw new IOException("there is no norm above 0 to draw");
    }
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("How far gradients reach back")
            .xAxisTitle("steps before the loss")
            .yAxisTitle("|dL/dh|, as a power of ten")
            .theme(Styler.ChartTheme.GGPlot2)
            .build();
    XYStyler style = chart.getStyler();
    style.setLegendPosition(Styler.LegendPosition.OutsideE);
    style.setChartBackgroundColor(Color.WHITE);
    curves.forEach((name, norms) -> add(chart, name, norms));
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      chart.paint(g, WIDTH, HEIGHT);
    } finally {
      g.dispose();
    }
    return Png.encode(image);
  }

  /** The distances whose norms have a logarithm. */
  private static int[] drawable(double[] norms) {
    return IntStream.range(0, norms.length)
        .filter(d -> norms[d] > 0 && Double.isFinite(norms[d]))
        .toArray();
  }

  private static void add(XYChart chart, String name, double[] norms) {
    int[] drawn = drawable(norms);
    if (drawn.length == 0) {
      return;
    }
    double[] x = IntStream.of(drawn).asDoubleStream().toArray();
    double[] y = IntStream.of(drawn).mapToDouble(d -> Math.log10(norms[d])).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineWidth(LINE);
    series.setMarker(SeriesMarkers.NONE);
  }
}
