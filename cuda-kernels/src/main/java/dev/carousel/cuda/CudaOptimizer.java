package dev.carousel.cuda;

import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** Clipping and updates over flat buffers on the device; the host reads nothing. */
record CudaOptimizer(Gpu gpu) implements OptimizerKernels {
  /** Blocks that share out the squares of a norm, the same on every device. */
  private static final int PARTS = 512;

  @Override
  public void advance(Tensor scalars) {
    requireScalars(scalars);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.ADVANCE_STEP).at(scalars).start(1, 1);
    }
  }

  @Override
  public void globalNorm(Tensor gradients, Tensor scalars) {
    Operands.floats("gradients", gradients);
    requireScalars(scalars);
    long wanted = (gradients.size() + Launch.BLOCK - 1) / Launch.BLOCK;
    int blocks = (int) Math.max(1, Math.min(PARTS, wanted));
    try (Gpu.Turn turn = gpu.turn()) {
      long parts = gpu.scratch(PARTS * 8L);
      turn.kernel(Kernel.SQUARES).at(gradients).at(parts).size(gradients.size()).start(blocks, 1);
      turn.kernel(Kernel.CLIP_FACTOR).at(parts).at(scalars).size(blocks).start(1, 1);
    }
  }

  @Override
  public void adam(AdamUpdate io) {
    Tensor p = Operands.floats("parameters", io.parameters());
    Operands.like("gradients", io.gradients(), p);
    Operands.like("m", io.m(), p);
    Operands.like("v", io.v(), p);
    requireScalars(io.scalars());
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.ADAM)
          .at(p)
          .at(io.gradients())
          .at(io.m())
          .at(io.v())
          .at(io.scalars())
          .twice(io.beta1())
          .twice(io.beta2())
          .twice(io.epsilon())
          .twice(io.decay())
          .number(io.decayKind() == WeightDecay.DECOUPLED ? 1 : 0)
          .size(p.size())
          .each(p.size());
    }
  }

  @Override
  public void sgd(SgdUpdate io) {
    Tensor p = Operands.floats("parameters", io.parameters());
    Operands.like("gradients", io.gradients(), p);
    Operands.likeIfGiven("velocity", io.velocity(), p);
    if (io.velocity() == null && io.momentum() != 0) {
      throw new IllegalArgumentException(
          "momentum " + io.momentum() + " needs a velocity of shape " + p.shape());
    }
    requireScalars(io.scalars());
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.SGD)
          .at(p)
          .at(io.gradients())
          .at(io.velocity())
          .at(io.scalars())
          .real((float) io.momentum())
          .number(io.momentumKind() == Momentum.NESTEROV ? 1 : 0)
          .real((float) io.decay())
          .size(p.size())
          .each(p.size());
    }
  }

  private static void requireScalars(Tensor scalars) {
    scalars.require("scalars", DType.F64, OptimizerScalars.SIZE);
  }
}
