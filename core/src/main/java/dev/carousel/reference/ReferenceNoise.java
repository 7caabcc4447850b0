package dev.carousel.reference;

import dev.carousel.spi.Noise;
import dev.carousel.spi.NoiseKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Dropout from counters; see {@link dev.carousel.spi.Philox} for the bits. */
final class ReferenceNoise implements NoiseKernels {
  /** Elements that are one task. */
  private static final int BLOCK = 4 * PhiloxLanes.WORDS;

  /** Floating-point operations that a random word is worth. */
  private static final double WORD = 10;

  private final Workers workers;
  private final ThreadLocal<PhiloxLanes> lanes = ThreadLocal.withInitial(PhiloxLanes::new);

  ReferenceNoise(Workers workers) {
    this.workers = workers;
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
    Run run = new Run(Reals.of("x", x), Reals.of("y", y), DropoutMask.of(rate, noise), 1 - rate);
    workers.run(
        (size + BLOCK - 1) / BLOCK,
        size * WORD,
        b -> {
          int end = Math.min(size, (b + 1) * BLOCK);
          for (int i = b * BLOCK; i < end; ) {
            int index = i % period;
            int room = PhiloxLanes.WORDS - (index & 3);
            int n = Math.min(Math.min(end - i, period - index), room);
            run.drop(lanes.get(), i, index, n);
            i += n;
          }
        });
  }

  /**
   * What one dropout works on.
   *
   * @param share of the units that are kept, by which they are divided
   */
  private record Run(Reals from, Reals to, DropoutMask mask, double share) {
    /**
     * Drops from {@code n} elements from {@code i} on, whose indices begin with {@code index}. A
     * dropped unit is 0 whatever it was, which a mask of bits gives without a branch.
     */
    void drop(PhiloxLanes lanes, int i, int index, int n) {
      int first = index >>> 2;
      int[] words = lanes.words(mask, first, ((index + n + 3) >>> 2) - first);
      for (int j = 0; j < n; j++) {
        long scaled = Double.doubleToRawLongBits(from.get(i + j) / share);
        long kept = mask.kept(words[(index & 3) + j]);
        to.set(i + j, Double.longBitsToDouble(scaled & kept));
      }
    }
  }

  @Override
  public void dropRows(Tensor ids, Tensor x, Tensor y, double rate, Noise noise) {
    requireFits(x, y);
    ids.require("ids", DType.I32, Operands.leading(x));
    DropoutMask mask = DropoutMask.of(rate, noise);
    Ints rows = Ints.of(ids);
    Reals from = Reals.of("x", x);
    Reals to = Reals.of("y", y);
    PhiloxLanes mine = lanes.get();
    int features = x.shape().dim(-1);
    for (int r = 0; r < ids.size(); r++) {
      int id = rows.get(r);
      boolean kept = id < 0 || mask.kept(mine.words(mask, id >>> 2, 1)[id & 3]) != 0;
      double factor = id < 0 ? 1 : kept ? 1 / (1 - rate) : 0;
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
