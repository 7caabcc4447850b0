package dev.carousel.reference;

import dev.carousel.spi.Noise;
import dev.carousel.spi.NoiseKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Dropout from counters; see {@link dev.carousel.spi.Philox} for the bits. */
record ReferenceNoise(Workers workers) implements NoiseKernels {
  /** Elements that are one task. */
  private static final int BLOCK = 4096;

  /** Floating-point operations that a random word is worth. */
  private static final double WORD = 25;

  @Override
  public void dropout(Tensor x, Tensor y, double rate, int period, Noise noise) {
    requireFits(x, y);
    int size = (int) x.size();
    if (period < 1 || period > Math.max(1, size)) {
      throw new IllegalArgumentException(
          "the period must be 1 to the %d elements of x %s, not %d"
              .formatted(size, x.shape(), period));
    }
    Reals from = Reals.of("x", x);
    Reals to = Reals.of("y", y);
    workers.run(
        (size + BLOCK - 1) / BLOCK,
        size * WORD,
        b -> {
          DropoutMask mask = new DropoutMask(rate, noise);
          int end = Math.min(size, (b + 1) * BLOCK);
          int index = b * BLOCK % period;
          for (int i = b * BLOCK; i < end; i++) {
            to.set(i, mask.keeps(index) ? from.get(i) / (1 - rate) : 0);
            index = index + 1 == period ? 0 : index + 1;
          }
        });
  }

  @Override
  public void dropRows(Tensor ids, Tensor x, Tensor y, double rate, Noise noise) {
    requireFits(x, y);
    ids.require("ids", DType.I32, Operands.leading(x));
    DropoutMask mask = new DropoutMask(rate, noise);
    Ints rows = Ints.of(ids);
    Reals from = Reals.of("x", x);
    Reals to = Reals.of("y", y);
    int features = x.shape().dim(-1);
    for (int r = 0; r < ids.size(); r++) {
      int id = rows.get(r);
      double factor = id < 0 ? 1 : mask.keeps(id) ? 1 / (1 - rate) : 0;
      for (int i = r * features; i < (r + 1) * features; i++) {
        to.set(i, factor == 0 ? 0 : from.get(i) * factor);
      }
    }
  }

  @Override
  public void advance(Tensor state) {
    Ints s = DropoutMask.state(state);
    s.set(2, s.get(2) + 1);
  }

  private static void requireFits(Tensor x, Tensor y) {
    y.require("y", x.type(), x.shape().dims());
    Operands.sameOrDisjoint("x", x, "y", y);
  }
}
