package dev.carousel.cuda;

import dev.carousel.spi.Noise;
import dev.carousel.spi.NoiseKernels;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Dropout on the device, from the counters of {@link Philox}. */
record CudaNoise(Gpu gpu) implements NoiseKernels {
  @Override
  public void dropout(Tensor x, Tensor y, double rate, int period, Noise noise) {
    requireFits(x, y, noise.state());
    if (period < 1 || period > Math.max(1, x.size())) {
      throw new IllegalArgumentException(
          "the period must be 1 to the %d elements of x %s, not %d"
              .formatted(x.size(), x.shape(), period));
    }
    int threshold = Philox.threshold(rate);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.DROPOUT)
          .at(x)
          .at(y)
          .at(noise.state())
          .number(noise.site())
          .number(threshold)
          .real((float) (1 / (1 - rate)))
          .size(period)
          .size(x.size())
          .each((x.size() + 3) / 4);
    }
  }

  @Override
  public void dropRows(Tensor ids, Tensor x, Tensor y, double rate, Noise noise) {
    requireFits(x, y, noise.state());
    ids.require("ids", DType.I32, Operands.leading(x));
    int threshold = Philox.threshold(rate);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.DROP_ROWS)
          .at(ids)
          .at(x)
          .at(y)
          .at(noise.state())
          .number(noise.site())
          .number(threshold)
          .real((float) (1 / (1 - rate)))
          .size(ids.size())
          .size(x.shape().dim(-1))
          .each(x.size());
    }
  }

  @Override
  public void advance(Tensor state) {
    state.require("state", DType.I32, 3);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.ADVANCE_NOISE).at(state).start(1, 1);
    }
  }

  private static void requireFits(Tensor x, Tensor y, Tensor state) {
    Operands.floats("x", x);
    Operands.like("y", y, x);
    Operands.sameOrDisjoint("x", x, "y", y);
    state.require("state", DType.I32, 3);
  }
}
