package dev.carousel.reference;

import dev.carousel.spi.Noise;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Which units one dropout keeps. It remembers the last four words, so neighbours come cheaply. */
final class DropoutMask {
  private final int threshold;
  private final int seedLow;
  private final int seedHigh;
  private final int step;
  private final int site;
  private final int[] words = new int[4];
  private int block = -1;

  DropoutMask(double rate, Noise noise) {
    Ints state = state(noise.state());
    this.threshold = Philox.threshold(rate);
    this.seedLow = state.get(0);
    this.seedHigh = state.get(1);
    this.step = state.get(2);
    this.site = noise.site();
  }

  static Ints state(Tensor state) {
    return Ints.of(state.require("noise state", DType.I32, 3));
  }

  boolean keeps(int index) {
    int wanted = index >>> 2;
    if (wanted != block) {
      Philox.words(seedLow, seedHigh, step, site, wanted, words);
      block = wanted;
    }
    return Integer.compareUnsigned(words[index & 3], threshold) >= 0;
  }
}
