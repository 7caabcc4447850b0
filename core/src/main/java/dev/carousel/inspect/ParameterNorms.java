package dev.carousel.inspect;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The norms of parameters' gradients, as a step has left them. */
public final class ParameterNorms {
  private static final Pattern RECURRENT =
      Pattern.compile("(.+)\\.(?:weight|bias)_(?:ih|hh|hr)_l(\\d+)(_reverse)?");

  private ParameterNorms() {}

  /** The L2 norm of each parameter's gradient, by name; frozen ones have 0. */
  public static Map<String, Double> byParameter(ParameterSet set) {
    Map<String, Double> norms = new LinkedHashMap<>();
    set.parameters().forEach(p -> norms.put(p.name(), Math.sqrt(squares(set, p))));
    return norms;
  }

  /**
   * The same of layers: a recurrent network's as {@code rnn.l0} and {@code rnn.l0_reverse}, others
   * by the names of their parameters up to the last dot.
   */
  public static Map<String, Double> byLayer(ParameterSet set) {
    Map<String, Double> squares = new LinkedHashMap<>();
    for (Parameter p : set.parameters()) {
      squares.merge(layer(p.name()), squares(set, p), Double::sum);
    }
    squares.replaceAll((layer, sum) -> Math.sqrt(sum));
    return squares;
  }

  private static String layer(String parameter) {
    Matcher recurrent = RECURRENT.matcher(parameter);
    if (recurrent.matches()) {
      String reverse = recurrent.group(3) == null ? "" : recurrent.group(3);
      return recurrent.group(1) + ".l" + recurrent.group(2) + reverse;
    }
    int dot = parameter.lastIndexOf('.');
    return dot < 0 ? parameter : parameter.substring(0, dot);
  }

  private static double squares(ParameterSet set, Parameter p) {
    float[] g = new float[Math.toIntExact(p.shape().size())];
    set.backend().memory().download(p.gradient(), g, 0);
    double sum = 0;
    for (float v : g) {
      sum += (double) v * v;
    }
    return sum;
  }
}
