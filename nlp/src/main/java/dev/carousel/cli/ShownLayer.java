package dev.carousel.cli;

import dev.carousel.inspect.Gate;
import dev.carousel.inspect.LayerTrace;
import dev.carousel.model.Inspection;
import dev.carousel.model.TokenTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A direction of a layer, or some of its units.
 *
 * @param tokens what was read, T
 * @param trace what it did
 * @param units the units to show, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ShownLayer(List<String> tokens, LayerTrace trace, int[] units) {
  /** Which layers and units are asked for; null for all. */
  record Choice(@Nullable Integer layer, @Nullable UnitRanges units) {}

  /**
   * What is asked for of an inspection.
   *
   * @throws IllegalArgumentException if the model has no such layer or unit
   */
  static List<ShownLayer> of(Inspection inside, Choice choice) {
    List<ShownLayer> shown = new ArrayList<>();
    TreeSet<Integer> there = new TreeSet<>();
    for (TokenTrace network : inside.readings()) {
      for (LayerTrace layer : network.layers()) {
        there.add(layer.layer());
        if (choice.layer() == null || choice.layer() == layer.layer()) {
          shown.add(of(network.tokens(), layer, choice.units()));
        }
      }
    }
    if (shown.isEmpty() && !there.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no layer %d: the model has %s"
              .formatted(
                  choice.layer(),
                  there.stream().map(l -> "layer " + l).collect(Collectors.joining(", "))));
    }
    return shown;
  }

  private static ShownLayer of(List<String> tokens, LayerTrace layer, @Nullable UnitRanges units) {
    int count = layer.gates().values().stream().mapToInt(g -> g[0].length).max().orElse(0);
    return new ShownLayer(
        tokens, layer, units == null ? IntStream.range(0, count).toArray() : units.of(count));
  }

  /** One gate of these units, [T, units]; a projection has fewer. */
  float[][] gate(Gate gate) {
    float[][] all = trace.gate(gate);
    int[] there = Arrays.stream(units).filter(u -> u < all[0].length).toArray();
    float[][] some = new float[all.length][there.length];
    for (int t = 0; t < all.length; t++) {
      for (int i = 0; i < there.length; i++) {
        some[t][i] = all[t][there[i]];
      }
    }
    return some;
  }

  /** Its name, for example {@code rnn-l0-forwards}. */
  String name() {
    return "%s-l%d-%s".formatted(trace.network(), trace.layer(), direction());
  }

  /** Which way it reads. */
  String direction() {
    return switch (trace.reading()) {
      case FORWARDS -> "forwards";
      case BACKWARDS -> "backwards";
    };
  }
}
