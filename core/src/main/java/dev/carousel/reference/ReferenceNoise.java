package dev.carousel.reference;

import dev.carousel.spi.Noise;
import dev.carousel.spi.NoiseKernels;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Dropout from counters; see {@link Philox} for the bits. */
record ReferenceNoise(Workers workers) implements NoiseKernels {
  /** Elements that are one task. */
  private static final int BLOCK = 4096;

  /** Floating-point operations that a random word is worth. */
  private static final double WORD = 100;

  /** The threshold and the bits of one dropout. */
  private record Mask(double rate, int threshold, int seedLow, int seedHigh, int step, int site) {
    static Mask of(double rate, Noise noise) {
      Ints state = state(noise.state());
      return new Mask(
          rate, Philox.threshold(rate), state.get(0), state.get(1), state.get(2), noise.site());
    }

    boolean keeps(int index) {
      int word = Philox.word(seedLow, seedHigh, step, site, index);
      return Integer.compareUnsigned(word, threshold) >= 0;
    }

    double apply(double x, int index) {
      return keeps(index) ? x / (1 - rate) : 0;
    }
  }

  @Override
  public void dropout(Tensor x, Tensor y, double rate, int period, Noise noise) {
    requireFits(x, y);
    int size = (int) x.size();
    if (period < 1 || period > Math.max(1, size)) {
      throw new IllegalArgumentException(
          "the period must be 1 to the %d elements of x %s, not %d"
              .formatted(size, x.shape(), period));
    }
    Mask mask = Mask.of(rate, noise);
    Reals from = Reals.of("x", x);
    Reals to = Reals.of("y", y);
    workers.run(
        (size + BLOCK - 1) / BLOCK,
        size * WORD,
        b -> {
          int end = Math.min(size, (b + 1) * BLOCK);
          for (int i = b * BLOCK; i < end; i++) {
            to.set(i, mask.apply(from.get(i), i % period));
          }
        });
  }

  @Override
  public void dropRows(Tensor ids, Tensor x, Tensor y, double rate, Noise noise) {
    requireFits(x, y);
    ids.require("ids", DType.I32, Operands.leading(x));
    Mask mask = Mask.of(rate, noise);
    Ints rows = Ints.of(ids);
    Reals from = Reals.of("x", x);
    Reals to = Reals.of("y", y);
    int features = x.shape().dim(-1);
    for (int r = 0; r < ids.size(); r++) {
      int id = rows.get(r);
      double factor = id < 0 ? 1 : mask.apply(1, id);
      for (int i = r * features; i < (r + 1) * features; i++) {
        to.set(i, factor == 0 ? 0 : from.get(i) * factor);
      }
    }
  }

  @Override
  public void advance(Tensor state) {
    Ints s = state(state);
    s.set(2, s.get(2) + 1);
  }

  private static Ints state(Tensor state) {
    return Ints.of(state.require("noise state", DType.I32, 3));
  }

  private static void requireFits(Tensor x, Tensor y) {
    y.require("y", x.type(), x.shape().dims());
    Operands.sameOrDisjoint("x", x, "y", y);
  }
}
