package dev.carousel.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the gradients of several texts, distance by distance. Not thread-safe. */
public final class FlowMean {
  private record Layer(String network, int layer, Reading reading) {}

  private final Map<Layer, Sum> sums = new LinkedHashMap<>();

  private static final class Sum {
    private double[] norms = {};
    private int[] texts = {};

    void add(GradientTrace trace) {
      int steps = trace.norms().length;
      norms = Arrays.copyOf(norms, Math.max(norms.length, steps));
      texts = Arrays.copyOf(texts, norms.length);
      for (int distance = 0; distance < steps; distance++) {
        norms[distance] += trace.atDistance(distance);
        texts[distance]++;
      }
    }

    double[] mean() {
      double[] mean = new double[norms.length];
      Arrays.setAll(mean, i -> norms[i] / texts[i]);
      return mean;
    }
  }

  /** Adds one text's. */
  public void add(List<GradientTrace> traces) {
    for (GradientTrace t : traces) {
      sums.computeIfAbsent(new Layer(t.network(), t.layer(), t.reading()), l -> new Sum()).add(t);
    }
  }

  /** The means, layer by layer. */
  public List<FlowCurve> curves() {
    List<FlowCurve> curves = new ArrayList<>();
    sums.forEach(
        (l, sum) ->
            curves.add(
                new FlowCurve(l.network(), l.layer(), l.reading(), sum.mean(), sum.texts.clone())));
    return curves;
  }
}
