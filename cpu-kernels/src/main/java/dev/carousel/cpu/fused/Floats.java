package dev.carousel.cpu.fused;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The arrays of operands, as the C++ functions take them. */
final class Floats {
  private Floats() {}

  static float[] of(Tensor t) {
    return t.heap().floats();
  }

  static float @Nullable [] ofNullable(@Nullable Tensor t) {
    return t == null ? null : of(t);
  }

  static int at(@Nullable Tensor t) {
    return t == null ? 0 : t.heapOffset();
  }
}
