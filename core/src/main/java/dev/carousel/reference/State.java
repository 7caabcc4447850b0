package dev.carousel.reference;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One lane's part of an optional state tensor [L·D, N, C].
 *
 * @param values the whole tensor, or null
 * @param lane index along the first axis
 * @param batch N
 */
record State(@Nullable Reals values, int lane, int batch) {
  static State of(String name, @Nullable Tensor t, int lane, int batch) {
    return new State(t == null ? null : Reals.of(name, t), lane, batch);
  }

  /** Index of batch row {@code n} among the L·D·N rows. */
  int row(int n) {
    return lane * batch + n;
  }
}
