package dev.carousel.cpu.fused;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearBackward;
import dev.carousel.spi.LinearKernels;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Linear layers on Carousel's own kernels, in single precision or, forward only, on integers.
 *
 * @param engine the threads and the instruction set
 * @param int8 whether the processor multiplies integers of eight bits
 * @param others for matrices of another precision
 */
record FusedLinearKernels(long engine, boolean int8, LinearKernels others)
    implements LinearKernels {
  @Override
  public LinearWeights pack(Tensor w, Precision precision) {
    return precision == Precision.F32 || (int8 && precision == Precision.INT8)
        ? new FusedLinearWeights(engine, w, precision)
        : others.pack(w, precision);
  }

  @Override
  public void forward(Tensor x, LinearWeights w, @Nullable Tensor bias, Tensor y) {
    if (!(w instanceof FusedLinearWeights weights)) {
      others.forward(x, w, bias, y);
      return;
    }
    LinearOperands.require(w, x, bias, y);
    Native.linearForward(
        engine,
        weights.int8(),
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
    LinearOperands.require(io);
    Int8.requireInference(weights.precision());
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
}
