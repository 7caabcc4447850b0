package dev.carousel.cpu.fused;

import static dev.carousel.spi.OptimizerScalars.FACTOR;
import static dev.carousel.spi.OptimizerScalars.LEARNING_RATE;
import static dev.carousel.spi.OptimizerScalars.MAX_NORM;
import static dev.carousel.spi.OptimizerScalars.NORM;
import static dev.carousel.spi.OptimizerScalars.SIZE;
import static dev.carousel.spi.OptimizerScalars.SKIPPED;
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
    scalars(scalars)[scalars.heapOffset() + STEP]++;
  }

  @Override
  public void globalNorm(Tensor gradients, Tensor scalars) {
    double[] s = scalars(scalars);
    int at = scalars.heapOffset();
    gradients.require("gradients", DType.F32, gradients.shape().dims());
    double norm =
        Math.sqrt(
            Native.sumOfSquares(
                engine, Floats.of(gradients), gradients.heapOffset(), (int) gradients.size()));
    double largest = s[at + MAX_NORM];
    s[at + NORM] = norm;
    s[at + FACTOR] = norm > largest ? largest / norm : 1;
    if (!Double.isFinite(norm)) {
      s[at + SKIPPED]++;
    }
  }

  @Override
  public void adam(AdamUpdate io) {
    Tensor p = io.parameters();
    Tensor g = io.gradients();
    Tensor m = io.m();
    Tensor v = io.v();
    requireAlike(p, "gradients", g);
    requireAlike(p, "m", m);
    requireAlike(p, "v", v);
    double[] s = scalars(io.scalars());
    int at = io.scalars().heapOffset();
    if (!Double.isFinite(s[at + NORM])) {
      return;
    }
    Native.adam(
        engine,
        Floats.of(p),
        p.heapOffset(),
        Floats.of(g),
        g.heapOffset(),
        Floats.of(m),
        m.heapOffset(),
        Floats.of(v),
        v.heapOffset(),
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
    Tensor p = io.parameters();
    Tensor g = io.gradients();
    Tensor velocity = io.velocity();
    requireAlike(p, "gradients", g);
    if (velocity != null) {
      requireAlike(p, "velocity", velocity);
    } else if (io.momentum() != 0) {
      throw new IllegalArgumentException(
          "momentum " + io.momentum() + " needs a velocity of shape " + p.shape());
    }
    double[] s = scalars(io.scalars());
    int at = io.scalars().heapOffset();
    if (!Double.isFinite(s[at + NORM])) {
      return;
    }
    Native.sgd(
        engine,
        Floats.of(p),
        p.heapOffset(),
        Floats.of(g),
        g.heapOffset(),
        Floats.ofNullable(velocity),
        Floats.at(velocity),
        (int) p.size(),
        s[at + LEARNING_RATE],
        s[at + FACTOR],
        io.momentum(),
        io.decay(),
        io.momentumKind() == SgdUpdate.Momentum.NESTEROV);
  }

  private static void requireAlike(Tensor parameters, String name, Tensor t) {
    int[] dims = parameters.shape().dims();
    parameters.require("parameters", DType.F32, dims);
    t.require(name, DType.F32, dims);
  }

  private static double[] scalars(Tensor t) {
    return t.require("scalars", DType.F64, SIZE).heap().doubles();
  }
}
