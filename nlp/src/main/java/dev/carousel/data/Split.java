package dev.carousel.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set cut in two by a seeded draw.
 *
 * <p>The draw is SplitMix64 with a Fisher-Yates shuffle, written out in this package: a seed gives
 * the same split on every JDK. Both parts keep the file order.
 *
 * @param train what to learn from
 * @param heldOut what to measure on
 */
public record Split(DataSet train, DataSet heldOut) {
  /** How the held-out examples are drawn. */
  public enum Draw {
    /** Uniformly from all examples. */
    RANDOM,
    /**
     * Uniformly within each label, so that both parts have the same label shares; of every label
     * with two examples or more at least one is held out and one kept. Multi-label examples count
     * under their first label.
     */
    STRATIFIED
  }

  /**
   * Holds out a share of the examples.
   *
   * @param data what to split, at least 2 examples
   * @param share the held-out share, above 0 and below 1; the count is rounded to the nearest, at
   *     least 1
   * @param draw how to draw
   * @param seed any number
   * @return the two parts
   */
  public static Split of(DataSet data, double share, Draw draw, long seed) {
    if (!(share > 0 && share < 1) || data.size() < 2) {
      throw new IllegalArgumentException(
          "cannot hold out "
              + share
              + " of "
              + data.size()
              + " examples of "
              + data.name()
              + ": the share must lie between 0 and 1, and there must be 2 examples");
    }
    SplitMix64 random = new SplitMix64(seed);
    boolean[] heldOut = new boolean[data.size()];
    for (int[] group : groups(data, draw)) {
      int count = group.length < 2 ? 0 : heldOutCount(group.length, share);
      int[] order = random.permutation(group.length);
      for (int i = 0; i < count; i++) {
        heldOut[group[order[i]]] = true;
      }
    }
    return new Split(part(data, "train", heldOut, false), part(data, "held-out", heldOut, true));
  }

  /**
   * Holds out a random tenth.
   *
   * @param data what to split, at least 2 examples
   * @param seed any number
   * @return the two parts
   */
  public static Split tenth(DataSet data, long seed) {
    return of(data, 0.1, Draw.RANDOM, seed);
  }

  private static int heldOutCount(int size, double share) {
    return Math.min(size - 1, Math.max(1, (int) Math.round(size * share)));
  }

  private static Iterable<int[]> groups(DataSet data, Draw draw) {
    if (draw == Draw.RANDOM) {
      int[] all = new int[data.size()];
      Arrays.setAll(all, i -> i);
      return List.of(all);
    }
    Map<String, List<Integer>> byLabel = new LinkedHashMap<>();
    for (int i = 0; i < data.size(); i++) {
      String label = data.examples().get(i).labels().get(0);
      byLabel.computeIfAbsent(label, any -> new ArrayList<>()).add(i);
    }
    return byLabel.values().stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static DataSet part(DataSet data, String name, boolean[] heldOut, boolean wanted) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < heldOut.length; i++) {
      if (heldOut[i] == wanted) {
        examples.add(data.examples().get(i));
      }
    }
    return data.with(data.name() + " (" + name + ")", examples);
  }
}
