package dev.carousel.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws {@link Curves}, a chart a panel, one below the other. Lengths are in pixels. */
final class CurveCharts {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 320;
  private static final int LEFT = 70;
  private static final int POINTS = 600;
  private static final float LINE = 1.6f;
  private static final MathContext DIGITS = new MathContext(4);

  private CurveCharts() {}

  static byte[] png(Curves curves) throws IOException {
    List<Curves.Panel> panels = curves.panels();
    if (panels.isEmpty()) {
      throw new IOException("there are no numbers to draw yet");
    }
    BufferedImage image =
        new BufferedImage(WIDTH, HEIGHT * panels.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      for (int i = 0; i < panels.size(); i++) {
        Graphics2D part = (Graphics2D) g.create(0, i * HEIGHT, WIDTH, HEIGHT);
        chart(panels.get(i), curves.lastStep()).paint(part, WIDTH, HEIGHT);
        part.dispose();
      }
    } finally {
      g.dispose();
    }
    return Png.encode(image);
  }

  private static XYChart chart(Curves.Panel panel, double lastStep) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(panel.title())
            .xAxisTitle("step")
            .theme(Styler.ChartTheme.GGPlot2)
            .build();
    // The same range and the same margin left and right, so that the panels can be compared.
    XYStyler style = chart.getStyler();
    style.setXAxisMin(0.0).setXAxisMax(lastStep).setYAxisLeftWidthHint(LEFT);
    style.setXAxisTickLabelsFormattingFunction(CurveCharts::text);
    style.setYAxisTickLabelsFormattingFunction(CurveCharts::text);
    style.setLegendPosition(Styler.LegendPosition.OutsideS);
    style.setLegendLayout(Styler.LegendLayout.Horizontal);
    style.setChartBackgroundColor(Color.WHITE);
    for (Curves.Curve curve : panel.curves()) {
      add(chart, curve);
    }
    return chart;
  }

  /** Four digits at most, in the same form everywhere. */
  static String text(double value) {
    return new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
  }

  private static void add(XYChart chart, Curves.Curve curve) {
    Curves.Curve drawn = curve.evaluated() ? curve : curve.thinned(POINTS);
    XYSeries series =
        chart.addSeries(
            curve.set() + " " + curve.name().replace('_', ' '), drawn.steps(), drawn.values());
    series.setLineWidth(LINE);
    series.setMarker(curve.evaluated() ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }
}
