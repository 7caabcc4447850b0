package dev.carousel.cpu.fused;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.UnsupportedSpecException;

/** What products of integers of eight bits cannot do. */
final class Int8 {
  /** So many products of eight bits add up within 32. */
  static final int MOST_INPUTS = 32_768;

  private Int8() {}

  /**
   * Passes where gradients can be had.
   *
   * @throws UnsupportedSpecException for {@link Precision#INT8}
   */
  static void requireInference(Precision precision) {
    if (!precision.trains()) {
      throw new UnsupportedSpecException(
          precision + " is for inference: train in F32 or BF16, and load the model in INT8");
    }
  }

  /**
   * Passes where sums cannot overflow.
   *
   * @throws UnsupportedSpecException naming both numbers
   */
  static void requireFits(int inputs) {
    if (inputs > MOST_INPUTS) {
      throw new UnsupportedSpecException(
          "INT8 takes at most %d inputs, not %d; use F32".formatted(MOST_INPUTS, inputs));
    }
  }
}
