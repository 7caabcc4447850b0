package dev.carousel.cpu.fused;

import dev.carousel.tensor.Tensor;

/** Which operands may share memory (rule R7). */
final class Overlap {
  private Overlap() {}

  /** Requires that nothing is shared. */
  static void requireNone(String nameA, Tensor a, String nameB, Tensor b) {
    if (a.overlaps(b)) {
      throw new IllegalArgumentException(nameB + " may not overlap " + nameA);
    }
  }

  /** Requires the same view, or that nothing is shared. */
  static void requireSameOrNone(String nameA, Tensor a, String nameB, Tensor b) {
    if (a.overlaps(b) && (a.offset() != b.offset() || a.size() != b.size())) {
      throw new IllegalArgumentException(
          nameB + " may be the very view of " + nameA + " but not overlap it in part");
    }
  }
}
