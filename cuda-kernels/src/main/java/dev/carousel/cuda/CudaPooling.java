package dev.carousel.cuda;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.PoolingKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Reductions over time on the device. */
record CudaPooling(Gpu gpu) implements PoolingKernels {
  @Override
  public void forward(
      Pooling pooling, Direction direction, Sequences x, Tensor out, @Nullable Tensor argmax) {
    Tensor values = Operands.floats("x", x.values());
    requireFits(pooling, direction, values, argmax);
    requirePooled("out", out, values);
    Operands.disjoint("x", values, "out", out);
    Lengths lengths = x.lengths();
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.POOL)
          .number(code(pooling))
          .number(direction.count() - 1)
          .at(values)
          .at(Ragged.device(lengths))
          .at(out)
          .at(argmax)
          .size(lengths.maxSteps())
          .size(lengths.batch())
          .size(values.shape().dim(2))
          .each(out.size());
    }
  }

  @Override
  public void backward(
      Pooling pooling,
      Direction direction,
      Lengths lengths,
      Tensor dOut,
      @Nullable Tensor argmax,
      Tensor dx) {
    Operands.floats("dx", dx);
    if (dx.shape().rank() != 3
        || dx.shape().dim(0) != lengths.maxSteps()
        || dx.shape().dim(1) != lengths.batch()) {
      throw new IllegalArgumentException(
          "dx of shape %s does not go with lengths %s".formatted(dx.shape(), lengths));
    }
    requireFits(pooling, direction, dx, argmax);
    requirePooled("dOut", dOut, dx);
    Operands.disjoint("dOut", dOut, "dx", dx);
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.POOL_BACKWARD)
          .number(code(pooling))
          .number(direction.count() - 1)
          .at(Ragged.device(lengths))
          .at(dOut)
          .at(argmax)
          .at(dx)
          .size(lengths.maxSteps())
          .size(lengths.batch())
          .size(dx.shape().dim(2))
          .each(dx.size());
    }
  }

  private static int code(Pooling pooling) {
    return switch (pooling) {
      case LAST -> 0;
      case MEAN -> 1;
      case MAX -> 2;
    };
  }

  private static void requirePooled(String name, Tensor pooled, Tensor x) {
    pooled.require(name, DType.F32, x.shape().dim(1), x.shape().dim(2));
  }

  private static void requireFits(
      Pooling pooling, Direction direction, Tensor x, @Nullable Tensor argmax) {
    int features = x.shape().dim(2);
    if (pooling == Pooling.LAST && direction == Direction.BIDIRECTIONAL && features % 2 != 0) {
      throw new IllegalArgumentException(
          "two directions need an even number of features, not " + features);
    }
    if ((pooling == Pooling.MAX) != (argmax != null)) {
      throw new IllegalArgumentException(
          "argmax must be given for MAX and for no other pooling, not for " + pooling);
    }
    if (argmax != null) {
      argmax.require("argmax", DType.I32, x.shape().dim(1), features);
    }
  }
}
