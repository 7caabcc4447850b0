package dev.carousel.cli;

import dev.carousel.eval.TextWidth;
import dev.carousel.inspect.Gate;
import dev.carousel.inspect.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a layer did, for a terminal: a line a token with the means of its gates over the units (of
 * their magnitudes where a gate may be negative), how much the output changed, and the units that
 * changed most.
 */
final class LayerText {
  private static final int WIDEST_TOKEN = 16;
  private static final int NUMBER = 6;
  private static final int CHANGE = 12;
  private static final int MOST_CHANGES = 5;

  private final ShownLayer layer;
  private final Screen screen;
  private final Map<Gate, float[][]> gates = new LinkedHashMap<>();
  private final int margin;
  private final int changes;

  LayerText(ShownLayer layer, Screen screen) {
    this.layer = layer;
    this.screen = screen;
    layer.trace().gates().keySet().forEach(gate -> gates.put(gate, layer.gate(gate)));
    this.margin = TokenText.margin(layer.tokens(), WIDEST_TOKEN);
    int left = screen.columns() - margin - NUMBER * (gates.size() + 1);
    this.changes = Math.max(0, Math.min(MOST_CHANGES, left / CHANGE));
  }

  /** The lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(title());
    lines.add(header());
    for (int t = 0; t < layer.tokens().size(); t++) {
      lines.add(line(t));
    }
    return lines;
  }

  private String title() {
    String title =
        "%s, layer %d, %s: %s, %d units"
            .formatted(
                layer.trace().network(),
                layer.trace().layer(),
                layer.direction(),
                layer.trace().cell(),
                layer.units().length);
    return TextWidth.shorten(title, screen.columns());
  }

  private String header() {
    StringBuilder line = new StringBuilder(" ".repeat(margin));
    for (Gate gate : gates.keySet()) {
      line.append(right(gate.isShare() ? gate.symbol() : "|" + gate.symbol() + "|"));
    }
    line.append(right("|Δh|"));
    line.append(changes == 0 ? "" : "  units whose h changes most");
    return TextWidth.shorten(line.toString(), screen.columns());
  }

  private static String right(String text) {
    return " ".repeat(NUMBER - text.length()) + text;
  }

  private String line(int t) {
    StringBuilder line = new StringBuilder(TokenText.padded(layer.tokens().get(t), margin));
    for (float[][] values : gates.values()) {
      double mean = meanMagnitude(values[t]);
      line.append(screen.share(mean, number(mean)));
    }
    float[] change = change(t);
    line.append(number(meanMagnitude(change))).append(changes == 0 ? "" : " ");
    largest(change).forEach(i -> line.append(unit(i, change[i])));
    return line.toString().stripTrailing();
  }

  private static double meanMagnitude(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += Math.abs(v);
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%6.2f" : "%6.0f", value);
  }

  /** From the step before, in the order of reading. */
  private float[] change(int t) {
    float[][] h = gates.getOrDefault(Gate.HIDDEN, new float[0][]);
    int before = layer.trace().reading() == Reading.FORWARDS ? t - 1 : t + 1;
    float[] change = h[t].clone();
    if (before >= 0 && before < h.length) {
      for (int i = 0; i < change.length; i++) {
        change[i] -= h[before][i];
      }
    }
    return change;
  }

  private List<Integer> largest(float[] change) {
    return IntStream.range(0, change.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(change[i])))
        .limit(changes)
        .toList();
  }

  private String unit(int i, float change) {
    String text = String.format(Locale.ROOT, "%6d %+.2f", layer.units()[i], change);
    return screen.sign(change, text);
  }
}
