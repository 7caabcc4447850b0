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

  /**
   * The L2 norm of each layer's gradient, 0 where it is frozen: a recurrent network's as {@code
   * rnn.l0} and {@code rnn.l0_reverse}, others by the names of their parameters up to the last dot.
   */
  public static Map<String, Double> byLayer(ParameterSet set) {
    float[] all = new float[Math.toIntExact(set.values().size())];
    set.backend().memory().download(set.gradients(), all, 0);
    Map<String, Double> squares = new LinkedHashMap<>();
    for (Parameter p : set.parameters()) {
      squares.merge(layer(p.name()), squares(all, p), Double::sum);
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

  private static double squares(float[] gradients, Parameter p) {
    double sum = 0;
    int end = Math.toIntExact(p.offset() + p.shape().size());
    for (int i = Math.toIntExact(p.offset()); i < end; i++) {
      sum += (double) gradients[i] * gradients[i];
    }
    return sum;
  }
}
