package dev.carousel.report;

import dev.carousel.eval.TextWidth;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/** The drawing behind {@link GatePng}. All lengths are in pixels. */
final class GateMap {
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Color POSITIVE = new Color(8, 48, 107);
  private static final Color NEGATIVE = new Color(153, 0, 13);
  private static final int MARGIN = 16;
  private static final int GAP = 6;
  private static final int ROW = 18;
  private static final int WIDE_COLUMN = 18;
  private static final int NARROW_COLUMN = 6;
  private static final int MANY = 64;
  private static final int EVERY = 10;
  private static final int LONGEST_LABEL = 20;

  private final DrawnNames tokens;
  private final List<String> rows;
  private final List<String> columns;
  private final float[][] values;
  private final GatePng.Scale scale;
  private final double largest;
  private final int column;
  private final int left;
  private final int top;

  GateMap(List<String> tokens, List<String> columns, float[][] values, GatePng.Scale scale) {
    this.tokens = DrawnNames.of(tokens, name -> LABEL.canDisplayUpTo(name) < 0);
    this.rows = shortened(this.tokens.shown());
    this.columns = shortened(columns);
    this.values = values;
    this.scale = scale;
    this.largest = largest(values);
    this.column = columns.size() > MANY ? NARROW_COLUMN : WIDE_COLUMN;
    BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = scratch.createGraphics();
    FontMetrics metrics = g.getFontMetrics(LABEL);
    g.dispose();
    left = MARGIN + widest(rows, metrics) + GAP;
    top = MARGIN + widest(this.columns, metrics) + GAP;
  }

  private static List<String> shortened(List<String> names) {
    return names.stream().map(n -> TextWidth.shorten(n, LONGEST_LABEL)).toList();
  }

  private static int widest(List<String> texts, FontMetrics metrics) {
    return texts.stream().mapToInt(metrics::stringWidth).max().orElse(0);
  }

  private static double largest(float[][] values) {
    double largest = 0;
    for (float[] row : values) {
      for (float v : row) {
        largest = Math.max(largest, Math.abs(v));
      }
    }
    return largest == 0 ? 1 : largest;
  }

  /** The tokens that are drawn as numbers; see {@link DrawnNames#legend}. */
  Optional<String> legend() {
    return tokens.legend();
  }

  BufferedImage draw() {
    BufferedImage image =
        new BufferedImage(
            left + columns.size() * column + MARGIN,
            top + rows.size() * ROW + MARGIN,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      drawTexts(g);
      for (int t = 0; t < values.length; t++) {
        for (int u = 0; u < values[t].length; u++) {
          g.setColor(colour(values[t][u]));
          g.fillRect(left + u * column, top + t * ROW, column, ROW - 1);
        }
      }
    } finally {
      g.dispose();
    }
    return image;
  }

  private void drawTexts(Graphics2D g) {
    g.setColor(Color.BLACK);
    g.setFont(LABEL);
    FontMetrics metrics = g.getFontMetrics();
    int half = (metrics.getAscent() - metrics.getDescent()) / 2;
    for (int t = 0; t < rows.size(); t++) {
      String text = rows.get(t);
      g.drawString(text, left - GAP - metrics.stringWidth(text), top + t * ROW + ROW / 2 + half);
    }
    int every = columns.size() > MANY ? EVERY : 1;
    for (int u = 0; u < columns.size(); u += every) {
      int x = left + u * column + column / 2 + half;
      Graphics2D turned = (Graphics2D) g.create();
      turned.rotate(-Math.PI / 2, x, top - GAP);
      turned.drawString(columns.get(u), x, top - GAP);
      turned.dispose();
    }
  }

  Color colour(double value) {
    double share = scale == GatePng.Scale.SHARES ? value : Math.abs(value) / largest;
    double strength = Math.max(0, Math.min(1, share));
    Color dark = value < 0 ? NEGATIVE : POSITIVE;
    return new Color(
        mix(dark.getRed(), strength),
        mix(dark.getGreen(), strength),
        mix(dark.getBlue(), strength));
  }

  private static int mix(int dark, double strength) {
    return (int) Math.round(255 + (dark - 255) * strength);
  }
}
