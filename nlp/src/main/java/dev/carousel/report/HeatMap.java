package dev.carousel.report;

import dev.carousel.eval.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The drawing behind {@link ConfusionPng}. All lengths are in pixels. */
final class HeatMap {
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font COUNT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Color DARK = new Color(8, 48, 107);
  private static final Color LINE = new Color(222, 226, 232);
  private static final int MARGIN = 16;
  private static final int GAP = 6;
  private static final int WIDEST_LABEL = 180;
  private static final int MANY = 15;
  private static final int SMALL_CELL = 26;
  private static final int LARGE_CELL = 44;
  private static final String LEGEND = "the darker, the larger the share of its row";

  private final String title;
  private final ConfusionMatrix matrix;
  private final DrawnNames names;
  private final List<String> labels;
  private final int classes;
  private final int cell;
  private final int left;
  private final int top;
  private final int width;
  private final int height;

  HeatMap(String title, ConfusionMatrix matrix) {
    this.title = title;
    this.matrix = matrix;
    BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = scratch.createGraphics();
    FontMetrics label = g.getFontMetrics(LABEL);
    FontMetrics count = g.getFontMetrics(COUNT);
    int titleWidth = g.getFontMetrics(TITLE).stringWidth(title);
    int legendWidth = label.stringWidth(LEGEND);
    g.dispose();
    names = DrawnNames.of(matrix.labels(), name -> LABEL.canDisplayUpTo(name) < 0);
    labels = names.shown().stream().map(name -> fit(name, label, WIDEST_LABEL)).toList();
    classes = labels.size();
    int longest = labels.stream().mapToInt(label::stringWidth).max().orElse(0);
    int smallest = classes > MANY ? SMALL_CELL : LARGE_CELL;
    cell = Math.max(smallest, count.stringWidth(Long.toString(largestCount())) + GAP);
    left = MARGIN + label.getHeight() + GAP + longest + GAP;
    top = MARGIN + 24 + label.getHeight() + GAP + longest + GAP;
    int content = Math.max(classes * cell, legendWidth);
    width = Math.max(left + content, MARGIN + titleWidth) + MARGIN;
    height = top + classes * cell + GAP + label.getHeight() + MARGIN;
  }

  /** The classes that are drawn as numbers; see {@link DrawnNames#legend}. */
  Optional<String> legend() {
    return names.legend();
  }

  byte[] png() throws IOException {
    return Png.encode(draw());
  }

  BufferedImage draw() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, width, height);
      drawTexts(g);
      for (int gold = 0; gold < classes; gold++) {
        drawRow(g, gold);
      }
    } finally {
      g.dispose();
    }
    return image;
  }

  private void drawTexts(Graphics2D g) {
    g.setColor(Color.BLACK);
    g.setFont(TITLE);
    g.drawString(title, MARGIN, MARGIN + g.getFontMetrics().getAscent());
    g.setFont(LABEL);
    FontMetrics metrics = g.getFontMetrics();
    int middle = classes * cell / 2;
    int captionBase = MARGIN + 24 + metrics.getAscent();
    g.drawString("predicted", left + middle - metrics.stringWidth("predicted") / 2, captionBase);
    drawUpwards(
        g, "gold", MARGIN + metrics.getAscent(), top + middle + metrics.stringWidth("gold") / 2);
    for (int c = 0; c < classes; c++) {
      int centre = c * cell + (cell + metrics.getAscent() - metrics.getDescent()) / 2;
      String name = labels.get(c);
      g.drawString(name, left - GAP - metrics.stringWidth(name), top + centre);
      drawUpwards(g, name, left + centre, top - GAP);
    }
    g.drawString(LEGEND, left, height - MARGIN - metrics.getDescent());
  }

  private static void drawUpwards(Graphics2D g, String text, int x, int y) {
    Graphics2D turned = (Graphics2D) g.create();
    turned.rotate(-Math.PI / 2, x, y);
    turned.drawString(text, x, y);
    turned.dispose();
  }

  private void drawRow(Graphics2D g, int gold) {
    long total = 0;
    for (int p = 0; p < classes; p++) {
      total += matrix.count(gold, p);
    }
    g.setFont(COUNT);
    FontMetrics metrics = g.getFontMetrics();
    for (int p = 0; p < classes; p++) {
      long count = matrix.count(gold, p);
      double share = total == 0 ? 0 : (double) count / (double) total;
      int x = left + p * cell;
      int y = top + gold * cell;
      g.setColor(colour(share));
      g.fillRect(x, y, cell, cell);
      g.setColor(LINE);
      g.drawRect(x, y, cell, cell);
      if (count > 0) {
        String text = Long.toString(count);
        int base = y + (cell + metrics.getAscent() - metrics.getDescent()) / 2;
        g.setColor(share > 0.3 ? Color.WHITE : Color.BLACK);
        g.drawString(text, x + (cell - metrics.stringWidth(text)) / 2, base);
      }
    }
  }

  /** White for 0, dark blue for 1; the square root lets rare confusions show. */
  static Color colour(double share) {
    double weight = Math.sqrt(share);
    return new Color(
        mix(255, DARK.getRed(), weight),
        mix(255, DARK.getGreen(), weight),
        mix(255, DARK.getBlue(), weight));
  }

  private static int mix(int from, int to, double weight) {
    return (int) Math.round(from + (to - from) * weight);
  }

  private long largestCount() {
    long largest = 0;
    for (int gold = 0; gold < classes; gold++) {
      for (int p = 0; p < classes; p++) {
        largest = Math.max(largest, matrix.count(gold, p));
      }
    }
    return largest;
  }

  private static String fit(String name, FontMetrics metrics, int widest) {
    if (metrics.stringWidth(name) <= widest) {
      return name;
    }
    int end = name.length();
    while (end > 0 && metrics.stringWidth(name.substring(0, end) + "…") > widest) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + "…";
  }
}
