package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.LinearOperands;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LinearWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Linear layers on oneDNN's matrix products. */
final class OneDnnLinearKernels implements LinearKernels {
  private final Supplier<Engine> engine;
  private final Supplier<CpuFeatures> cpu;

  /** Neither is asked for before there is a matrix. */
  OneDnnLinearKernels(Supplier<Engine> engine, Supplier<CpuFeatures> cpu) {
    this.engine = engine;
    this.cpu = cpu;
  }

  @Override
  public LinearWeights pack(Tensor w, Precision precision) {
    if (precision == Precision.BF16) {
      cpu.get().requireBfloat16();
    } else if (precision != Precision.F32) {
      throw new UnsupportedSpecException(
          "the cpu backend computes this in F32 or BF16, not " + precision);
    }
    return new PackedLinearWeights(engine.get(), w, precision);
  }

  @Override
  public void forward(Tensor x, LinearWeights w, @Nullable Tensor bias, Tensor y) {
    PackedLinearWeights weights = packed(w);
    LinearOperands.require(w, x, bias, y);
    LinearRun run = weights.borrow();
    try {
      run.forward(x, bias, y);
    } finally {
      weights.giveBack(run);
    }
  }

  @Override
  public void backward(LinearBackward io) {
    PackedLinearWeights weights = packed(io.w());
    LinearOperands.require(io);
    LinearRun run = weights.borrow();
    try {
      run.backward(io);
    } finally {
      weights.giveBack(run);
    }
  }

  private static PackedLinearWeights packed(LinearWeights w) {
    if (w instanceof PackedLinearWeights p) {
      return p;
    }
    throw new IllegalArgumentException(
        "the matrix was packed by another backend: " + w.getClass().getSimpleName());
  }
}
