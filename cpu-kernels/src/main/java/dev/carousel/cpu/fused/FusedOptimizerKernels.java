package dev.carousel.cpu.fused;

import static dev.carousel.spi.OptimizerScalars.FACTOR;
import static dev.carousel.spi.OptimizerScalars.LEARNING_RATE;
import static dev.carousel.spi.OptimizerScalars.STEP;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/**
 * Updates in single precision, one pass over the flat buffers each.
 *
 * @param engine the threads and the instruction set
 */
record FusedOptimizerKernels(long engine) implements OptimizerKernels {
  @Override
  public void advance(Tensor scalars) {
    OptimizerOperands.scalars(scalars)[scalars.heapOffset() + STEP]++;
  }

  @Override
  public void globalNorm(Tensor gradients, Tensor scalars) {
    gradients.require("gradients", DType.F32, gradients.shape().dims());
    double sumOfSquares =
        Native.sumOfSquares(
            engine, Floats.of(gradients), gradients.heapOffset(), (int) gradients.size());
    OptimizerOperands.writeNorm(sumOfSquares, scalars);
  }

  @Override
  public void adam(AdamUpdate io) {
    if (!OptimizerOperands.mayUpdate(io)) {
      return;
    }
    Tensor p = io.parameters();
    double[] s = OptimizerOperands.scalars(io.scalars());
    int at = io.scalars().heapOffset();
    Native.adam(
        engine,
        Floats.of(p),
        p.heapOffset(),
        Floats.of(io.gradients()),
        io.gradients().heapOffset(),
        Floats.of(io.m()),
        io.m().heapOffset(),
        Floats.of(io.v()),
        io.v().heapOffset(),
        (int) p.size(),
        s[at + LEARNING_RATE],
        s[at + STEP],
        s[at + FACTOR],
        io.beta1(),
        io.beta2(),
        io.epsilon(),
        io.decay(),
        io.decayKind() == WeightDecay.DECOUPLED);
  }

  @Override
  public void sgd(SgdUpdate io) {
    if (!OptimizerOperands.mayUpdate(io)) {
      return;
    }
    Tensor p = io.parameters();
    double[] s = OptimizerOperands.scalars(io.scalars());
    int at = io.scalars().heapOffset();
    Native.sgd(
        engine,
        Floats.of(p),
        p.heapOffset(),
        Floats.of(io.gradients()),
        io.gradients().heapOffset(),
        Floats.ofNullable(io.velocity()),
        Floats.at(io.velocity()),
        (int) p.size(),
        s[at + LEARNING_RATE],
        s[at + FACTOR],
        io.momentum(),
        io.decay(),
        io.momentumKind() == SgdUpdate.Momentum.NESTEROV);
  }
}
