package dev.carousel.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The drawing behind {@link ScatterPng}. Lengths are in pixels. */
final class ScatterCharts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 280;
  private static final int LEFT = 70;
  private static final int MANY = 12;

  private ScatterCharts() {}

  static byte[] png(List<ScatterPng.Panel> panels) throws IOException {
    if (panels.isEmpty()) {
      throw new IOException("there are no points to draw yet");
    }
    BufferedImage image =
        new BufferedImage(WIDTH, HEIGHT * panels.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      for (int i = 0; i < panels.size(); i++) {
        Graphics2D part = (Graphics2D) g.create(0, i * HEIGHT, WIDTH, HEIGHT);
        chart(panels.get(i)).paint(part, WIDTH, HEIGHT);
        part.dispose();
      }
    } finally {
      g.dispose();
    }
    return Png.encode(image);
  }

  private static XYChart chart(ScatterPng.Panel panel) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(panel.title())
            .xAxisTitle(panel.axis().name())
            .yAxisTitle(panel.height())
            .theme(Styler.ChartTheme.GGPlot2)
            .build();
    XYStyler style = chart.getStyler();
    style.setYAxisLeftWidthHint(LEFT).setChartBackgroundColor(Color.WHITE);
    style.setYAxisTickLabelsFormattingFunction(CurveCharts::text);
    style.setLegendPosition(Styler.LegendPosition.OutsideS);
    style.setLegendLayout(Styler.LegendLayout.Horizontal);
    style.setLegendVisible(panel.points().size() > 1 && panel.points().size() <= MANY);
    divide(style, panel.axis());
    panel.points().forEach(points -> add(chart, points, panel.style()));
    return chart;
  }

  private static void divide(XYStyler style, ScatterPng.Axis axis) {
    List<String> names = axis.names();
    if (names.isEmpty()) {
      style.setXAxisLogarithmic(axis.scale() == ScatterPng.Scale.LOG);
      style.setXAxisTickLabelsFormattingFunction(CurveCharts::text);
      return;
    }
    // Half a place is left free on both sides; ticks between places have no name.
    style.setXAxisMin(-0.5).setXAxisMax(names.size() - 0.5);
    style.setXAxisTickLabelsFormattingFunction(at -> name(names, at));
  }

  private static String name(List<String> names, double at) {
    int place = (int) Math.rint(at);
    return place == at && place >= 0 && place < names.size() ? names.get(place) : " ";
  }

  private static void add(XYChart chart, ScatterPng.Points points, ScatterPng.Style style) {
    XYSeries series = chart.addSeries(points.name(), points.x(), points.y());
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setXYSeriesRenderStyle(
        style == ScatterPng.Style.LINES
            ? XYSeries.XYSeriesRenderStyle.Line
            : XYSeries.XYSeriesRenderStyle.Scatter);
  }
}
