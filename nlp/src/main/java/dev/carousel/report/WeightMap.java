package dev.carousel.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** The drawing behind {@link AttentionPng}. All lengths are in pixels. */
final class WeightMap {
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final Color LINE = new Color(222, 226, 232);
  private static final int MARGIN = 16;
  private static final int GAP = 6;
  private static final int CELL = 26;

  private final List<String> rows;
  private final List<String> columns;
  private final float[][] weights;
  private final int left;
  private final int top;

  WeightMap(List<String> rows, List<String> columns, float[][] weights) {
    this.rows = rows;
    this.columns = columns;
    this.weights = weights;
    BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = scratch.createGraphics();
    FontMetrics metrics = g.getFontMetrics(LABEL);
    g.dispose();
    left = MARGIN + widest(rows, metrics) + GAP;
    top = MARGIN + widest(columns, metrics) + GAP;
  }

  private static int widest(List<String> texts, FontMetrics metrics) {
    return texts.stream().mapToInt(metrics::stringWidth).max().orElse(0);
  }

  BufferedImage draw() {
    BufferedImage image =
        new BufferedImage(
            left + columns.size() * CELL + MARGIN,
            top + rows.size() * CELL + MARGIN,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      drawTexts(g);
      drawCells(g);
    } finally {
      g.dispose();
    }
    return image;
  }

  private void drawTexts(Graphics2D g) {
    g.setColor(Color.BLACK);
    g.setFont(LABEL);
    FontMetrics metrics = g.getFontMetrics();
    int base = (CELL + metrics.getAscent() - metrics.getDescent()) / 2;
    for (int j = 0; j < rows.size(); j++) {
      String text = rows.get(j);
      g.drawString(text, left - GAP - metrics.stringWidth(text), top + j * CELL + base);
    }
    for (int i = 0; i < columns.size(); i++) {
      int x = left + i * CELL + base;
      Graphics2D turned = (Graphics2D) g.create();
      turned.rotate(-Math.PI / 2, x, top - GAP);
      turned.drawString(columns.get(i), x, top - GAP);
      turned.dispose();
    }
  }

  private void drawCells(Graphics2D g) {
    for (int j = 0; j < rows.size(); j++) {
      for (int i = 0; i < columns.size(); i++) {
        g.setColor(HeatMap.colour(weights[j][i]));
        g.fillRect(left + i * CELL, top + j * CELL, CELL, CELL);
        g.setColor(LINE);
        g.drawRect(left + i * CELL, top + j * CELL, CELL, CELL);
      }
    }
  }
}
