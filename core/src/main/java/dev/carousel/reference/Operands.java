package dev.carousel.reference;

import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/** Checks of operands before a kernel touches anything (rules R7 and R8). */
final class Operands {
  private Operands() {}

  /** Requires the last axis to have {@code size} elements. */
  static void lastAxis(String name, Tensor t, int size) {
    if (t.shape().rank() == 0 || t.shape().dim(-1) != size) {
      throw new IllegalArgumentException(
          "the last axis of %s %s must be %d".formatted(name, t.shape(), size));
    }
  }

  /** The extents but the last. */
  static int[] leading(Tensor t) {
    int[] dims = t.shape().dims();
    if (dims.length == 0) {
      throw new IllegalArgumentException("a tensor without axes has no rows");
    }
    return Arrays.copyOf(dims, dims.length - 1);
  }

  /** Requires that nothing is shared. */
  static void disjoint(String nameA, Tensor a, String nameB, Tensor b) {
    if (a.overlaps(b)) {
      throw new IllegalArgumentException(nameB + " may not overlap " + nameA);
    }
  }

  /** Requires the same view, or that nothing is shared. */
  static void sameOrDisjoint(String nameA, Tensor a, String nameB, Tensor b) {
    if (a.overlaps(b) && (a.offset() != b.offset() || a.size() != b.size())) {
      throw new IllegalArgumentException(
          nameB + " may be the very view of " + nameA + " but not overlap it in part");
    }
  }
}
