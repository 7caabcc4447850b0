package dev.carousel.cpu.fused;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Linear layers in single precision on Carousel's own kernels.
 *
 * @param engine the threads and the instruction set
 * @param others for matrices of another precision
 */
record FusedLinearKernels(long engine, LinearKernels others) implements LinearKernels {
  @Override
  public LinearWeights pack(Tensor w, Precision precision) {
    return precision == Precision.F32
        ? new FusedLinearWeights(engine, w)
        : others.pack(w, precision);
  }

  @Override
  public void forward(Tensor x, LinearWeights w, @Nullable Tensor bias, Tensor y) {
    if (!(w instanceof FusedLinearWeights weights)) {
      others.forward(x, w, bias, y);
      return;
    }
    requireRows("x", x, weights.inputs(), x.shape());
    requireRows("y", y, weights.outputs(), x.shape());
    if (bias != null) {
      bias.require("bias", DType.F32, weights.outputs());
    }
    Overlap.requireNone("x", x, "y", y);
    Native.linearForward(
        engine,
        weights.handle(),
        Floats.of(x),
        x.heapOffset(),
        x.shape().rows(),
        Floats.ofNullable(bias),
        Floats.at(bias),
        Floats.of(y),
        y.heapOffset());
  }

  @Override
  public void backward(LinearBackward io) {
    if (!(io.w() instanceof FusedLinearWeights weights)) {
      others.backward(io);
      return;
    }
    requireFits(io, weights);
    weights.handle(); // refuses a matrix that was closed
    Tensor x = io.x();
    Tensor w = weights.master();
    Native.linearBackward(
        engine,
        x.shape().rows(),
        weights.inputs(),
        weights.outputs(),
        Floats.of(x),
        x.heapOffset(),
        Floats.of(w),
        w.heapOffset(),
        Floats.of(io.dy()),
        io.dy().heapOffset(),
        Floats.ofNullable(io.dx()),
        Floats.at(io.dx()),
        Floats.ofNullable(io.dw()),
        Floats.at(io.dw()),
        Floats.ofNullable(io.dBias()),
        Floats.at(io.dBias()));
  }

  private static void requireFits(LinearBackward io, FusedLinearWeights w) {
    Shape x = io.x().shape();
    requireRows("x", io.x(), w.inputs(), x);
    requireRows("dy", io.dy(), w.outputs(), x);
    if (io.dx() != null) {
      requireRows("dx", io.dx(), w.inputs(), x);
      Overlap.requireNone("dy", io.dy(), "dx", io.dx());
      Overlap.requireNone("x", io.x(), "dx", io.dx());
    }
    if (io.dw() != null) {
      io.dw().require("dw", DType.F32, w.outputs(), w.inputs());
    }
    if (io.dBias() != null) {
      io.dBias().require("dBias", DType.F32, w.outputs());
    }
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
