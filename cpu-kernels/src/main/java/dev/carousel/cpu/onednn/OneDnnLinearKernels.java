package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LinearWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Linear layers on oneDNN's matrix products. */
final class OneDnnLinearKernels implements LinearKernels {
  private final Engine engine;
  private final CpuFeatures cpu;

  OneDnnLinearKernels(Engine engine, CpuFeatures cpu) {
    this.engine = engine;
    this.cpu = cpu;
  }

  @Override
  public LinearWeights pack(Tensor w, Precision precision) {
    if (precision == Precision.BF16) {
      cpu.requireBfloat16();
    } else if (precision != Precision.F32) {
      throw new UnsupportedSpecException(
          "the cpu backend computes in F32 or BF16, not " + precision);
    }
    return new PackedLinearWeights(engine, w, precision);
  }

  @Override
  public void forward(Tensor x, LinearWeights w, @Nullable Tensor bias, Tensor y) {
    PackedLinearWeights weights = packed(w);
    requireRows("x", x, weights.inputs(), x.shape());
    requireRows("y", y, weights.outputs(), x.shape());
    if (bias != null) {
      bias.require("bias", DType.F32, weights.outputs());
    }
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
    requireRows("x", io.x(), weights.inputs(), io.x().shape());
    requireRows("dy", io.dy(), weights.outputs(), io.x().shape());
    if (io.dx() != null) {
      requireRows("dx", io.dx(), weights.inputs(), io.x().shape());
    }
    if (io.dw() != null) {
      io.dw().require("dw", DType.F32, weights.outputs(), weights.inputs());
    }
    if (io.dBias() != null) {
      io.dBias().require("dBias", DType.F32, weights.outputs());
    }
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

  /** Checks the last axis, and that the number of rows is that of x. */
  private static void requireRows(String name, Tensor t, int columns, Shape x) {
    Shape shape = t.shape();
    if (t.type() != DType.F32) {
      throw new IllegalArgumentException(name + " must be F32, not " + t.type());
    }
    if (shape.rank() < 1 || shape.dim(-1) != columns || shape.rows() != x.rows()) {
      throw new IllegalArgumentException(
          "%s must have shape [..., %d] with %d rows, not %s"
              .formatted(name, columns, x.rows(), shape));
    }
  }
}
