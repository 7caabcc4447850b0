package dev.carousel.train;

import dev.carousel.train.TrainingEvent.Position;
import java.util.Locale;

/**
 * The text of one line of progress, most important things first, as its end may be cut off.
 *
 * @param secondsLeft to the end of the run; NaN if not yet known
 * @param loss smoothed
 * @param tokensPerSecond of this epoch; NaN if not yet known
 * @param gradientNorm NaN if not measured
 */
record ProgressLine(
    Position at,
    double secondsLeft,
    double loss,
    double tokensPerSecond,
    double learningRate,
    double gradientNorm) {

  private static final int BAR = 10;

  /** The line, at most {@code columns} long. */
  String text(int columns) {
    StringBuilder line = new StringBuilder(epoch(at));
    int filled = at.steps() == 0 ? 0 : (int) ((long) BAR * at.step() / at.steps());
    line.append(" [").append("#".repeat(filled)).append(".".repeat(BAR - filled));
    line.append("] ").append(at.step()).append('/').append(at.steps());
    line.append(" ETA ").append(time(secondsLeft));
    line.append(format("  loss %.4f", loss));
    if (!Double.isNaN(tokensPerSecond)) {
      line.append("  ").append(rate(tokensPerSecond)).append(" tok/s");
    }
    line.append(format("  lr %.1e", learningRate));
    if (!Double.isNaN(gradientNorm)) {
      line.append(format("  norm %.2f", gradientNorm));
    }
    return line.substring(0, Math.min(columns, line.length()));
  }

  /** {@code epoch 2/10}, counted from 1. */
  static String epoch(Position at) {
    return "epoch " + (at.epoch() + 1) + "/" + at.epochs();
  }

  /** {@code 0:07}, {@code 12:34}, {@code 1:02:03}, or {@code -:--} for NaN. */
  static String time(double seconds) {
    if (Double.isNaN(seconds)) {
      return "-:--";
    }
    long s = Math.round(seconds);
    return s < 3600
        ? format("%d:%02d", s / 60, s % 60)
        : format("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }

  /** {@code 950}, {@code 31.2k}, {@code 1.3M}. */
  static String rate(double perSecond) {
    if (perSecond < 1e3) {
      return format("%.0f", perSecond);
    }
    return perSecond < 1e6 ? format("%.1fk", perSecond / 1e3) : format("%.1fM", perSecond / 1e6);
  }

  static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
