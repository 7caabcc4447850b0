package dev.carousel.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * T steps in pieces that cuDNN takes, all of the most steps but the last.
 *
 * @param steps T
 * @param most steps of a piece
 */
record Chunks(int steps, int most) {
  /** The longest sequence that cuDNN takes. */
  static final int LIMIT = 65_535;

  /** How many there are. */
  int count() {
    return (steps + most - 1) / most;
  }

  /** First step of piece {@code i}. */
  int first(int i) {
    return i * most;
  }

  /** Steps of piece {@code i}. */
  int length(int i) {
    return Math.min(most, steps - first(i));
  }

  /** The one or two different lengths. */
  List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>(List.of(length(0)));
    if (length(count() - 1) != length(0)) {
      lengths.add(length(count() - 1));
    }
    return lengths;
  }
}
