package dev.carousel.train;

import java.util.List;

/**
 * Parameters that learn at a pace of their own.
 *
 * @param prefixes how the names of its parameters begin, such as {@code rnn.}; the longest prefix
 *     of all groups that fits a parameter decides, so the empty one takes what is left
 * @param rateFactor multiplies the learning rate, above 0
 * @param fromEpoch the epoch, from 0, in which it starts to learn; frozen before; {@link
 *     Integer#MAX_VALUE} for never
 */
public record LayerGroup(List<String> prefixes, double rateFactor, int fromEpoch) {
  /** Checks the ranges. */
  public LayerGroup {
    prefixes = List.copyOf(prefixes);
    if (prefixes.isEmpty()) {
      throw new IllegalArgumentException("a layer group needs a prefix of its parameters' names");
    }
    Rates.requirePositive("rate factor", rateFactor);
    if (fromEpoch < 0) {
      throw new IllegalArgumentException("a group cannot start in epoch " + fromEpoch);
    }
  }

  /** A group that learns from the beginning at the common rate. */
  public static LayerGroup of(String... prefixes) {
    return new LayerGroup(List.of(prefixes), 1, 0);
  }

  /** The same with its learning rate multiplied. */
  public LayerGroup withRateFactor(double factor) {
    return new LayerGroup(prefixes, factor, fromEpoch);
  }

  /** The same, frozen before this epoch. */
  public LayerGroup from(int epoch) {
    return new LayerGroup(prefixes, rateFactor, epoch);
  }

  /** The same, never trained. */
  public LayerGroup frozen() {
    return from(Integer.MAX_VALUE);
  }

  /** Length of the longest prefix that fits; −1 if none does. */
  int fit(String parameter) {
    return prefixes.stream()
        .filter(parameter::startsWith)
        .mapToInt(String::length)
        .max()
        .orElse(-1);
  }
}
