package dev.carousel.kit.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one computation gave: named tensors in double. Names of gradients begin with d. */
public final class Outcome {
  private final Map<String, double[]> tensors = new LinkedHashMap<>();

  /** Adds a tensor. */
  public void put(String name, double[] values) {
    tensors.put(name, values);
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public double[] get(String name) {
    double[] values = tensors.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no " + name + " among " + tensors.keySet());
    }
    return values;
  }

  /** The names, in order. */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /**
   * For each tensor of this outcome, how far it is from the one of the same name in {@code want}.
   */
  public List<Deviation> from(Outcome want) {
    return names().stream().map(n -> Deviation.of(n, get(n), want.get(n))).toList();
  }

  /** The deviations from {@code want} that {@code tolerance} does not allow. */
  public List<Deviation> beyond(Tolerance tolerance, Outcome want) {
    return from(want).stream().filter(d -> !tolerance.allows(d)).toList();
  }

  /** The names of the tensors whose bits are not those of {@code other}. */
  public List<String> differing(Outcome other) {
    List<String> names = new ArrayList<>();
    tensors.forEach(
        (name, values) -> {
          if (!Arrays.equals(values, other.get(name))) {
            names.add(name);
          }
        });
    return names;
  }
}
