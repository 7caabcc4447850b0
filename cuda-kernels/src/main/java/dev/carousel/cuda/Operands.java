package dev.carousel.cuda;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks of operands before anything is launched (rules R7 and R8). */
final class Operands {
  private Operands() {}

  /** Requires an F32 tensor of any shape. */
  static Tensor floats(String name, Tensor t) {
    return t.require(name, DType.F32, t.shape().dims());
  }

  /** Requires an F32 tensor of the shape of another. */
  static void like(String name, Tensor t, Tensor other) {
    t.require(name, DType.F32, other.shape().dims());
  }

  /** The same where there may be none. */
  static void likeIfGiven(String name, @Nullable Tensor t, Tensor other) {
    if (t != null) {
      like(name, t, other);
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

  /** Requires scratch of at least {@code bytes}. */
  static void scratch(String name, Tensor t, long bytes) {
    if (t.type() != DType.BYTE || t.size() < bytes) {
      throw new IllegalArgumentException(
          "%s must be a BYTE tensor of at least %d elements, not %s %s"
              .formatted(name, bytes, t.type(), t.shape()));
    }
  }
}
