package dev.carousel.cuda;

import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Lengths as the kernels take them: a tensor, or null for rows that are all full. */
final class Ragged {
  private Ragged() {}

  static @Nullable Tensor device(Lengths lengths) {
    return lengths.full() ? null : lengths.device();
  }
}
