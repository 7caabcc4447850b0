package dev.carousel.cpu.fused;

import dev.carousel.spi.Noise;
import dev.carousel.spi.NoiseKernels;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/**
 * Dropout of F32 tensors.
 *
 * @param engine the threads and the instruction set
 * @param others for tensors of another type
 */
record FusedNoiseKernels(long engine, NoiseKernels others) implements NoiseKernels {
  @Override
  public void dropout(Tensor x, Tensor y, double rate, int period, Noise noise) {
    if (x.type() != DType.F32) {
      others.dropout(x, y, rate, period, noise);
      return;
    }
    requireFits(x, y);
    int size = (int) x.size();
    if (period < 1 || period > Math.max(1, size)) {
      throw new IllegalArgumentException(
          "the period must be 1 to the %d elements of x %s, not %d"
              .formatted(size, x.shape(), period));
    }
    Tensor state = noise.state().require("noise state", DType.I32, 3);
    Native.dropout(
        engine,
        state.heap().ints(),
        state.heapOffset(),
        noise.site(),
        Philox.threshold(rate),
        rate,
        Floats.of(x),
        x.heapOffset(),
        Floats.of(y),
        y.heapOffset(),
        size,
        period);
  }

  @Override
  public void dropRows(Tensor ids, Tensor x, Tensor y, double rate, Noise noise) {
    if (x.type() != DType.F32) {
      others.dropRows(ids, x, y, rate, noise);
      return;
    }
    requireFits(x, y);
    int[] dims = x.shape().dims();
    ids.require("ids", DType.I32, Arrays.copyOf(dims, dims.length - 1));
    Tensor state = noise.state().require("noise state", DType.I32, 3);
    Native.dropRows(
        engine,
        state.heap().ints(),
        state.heapOffset(),
        noise.site(),
        Philox.threshold(rate),
        rate,
        ids.heap().ints(),
        ids.heapOffset(),
        Floats.of(x),
        x.heapOffset(),
        Floats.of(y),
        y.heapOffset(),
        (int) ids.size(),
        dims[dims.length - 1]);
  }

  @Override
  public void advance(Tensor state) {
    others.advance(state);
  }

  private static void requireFits(Tensor x, Tensor y) {
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException("a tensor without axes has no rows");
    }
    y.require("y", DType.F32, x.shape().dims());
    Overlap.requireSameOrNone("x", x, "y", y);
  }
}
