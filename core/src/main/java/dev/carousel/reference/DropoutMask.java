package dev.carousel.reference;

import dev.carousel.spi.Noise;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/**
 * Which units one dropout keeps: those whose word, unsigned, is at least the threshold.
 *
 * @param seedLow low half of the seed
 * @param seedHigh high half of the seed
 */
record DropoutMask(int threshold, int seedLow, int seedHigh, int step, int site) {
  private static final long LOW = 0xFFFFFFFFL;

  static DropoutMask of(double rate, Noise noise) {
    Ints state = state(noise.state());
    return new DropoutMask(
        Philox.threshold(rate), state.get(0), state.get(1), state.get(2), noise.site());
  }

  static Ints state(Tensor state) {
    return Ints.of(state.require("noise state", DType.I32, 3));
  }

  /** All bits if a unit with this word is kept, none if it is dropped; without a branch. */
  long kept(int word) {
    return ~(((word & LOW) - (threshold & LOW)) >> 63);
  }
}
