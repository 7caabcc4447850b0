package dev.carousel.cpu.fused;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.PoolingKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Reductions of F32 sequences.
 *
 * @param engine the threads and the instruction set
 * @param others for sequences of another type
 */
record FusedPoolingKernels(long engine, PoolingKernels others) implements PoolingKernels {
  @Override
  public void forward(
      Pooling pooling, Direction direction, Sequences x, Tensor out, @Nullable Tensor argmax) {
    Tensor values = x.values();
    if (values.type() != DType.F32) {
      others.forward(pooling, direction, x, out, argmax);
      return;
    }
    Lengths lengths = x.lengths();
    int features = values.shape().dim(2);
    boolean halves = requireFits(pooling, direction, lengths.batch(), features, argmax);
    out.require("out", DType.F32, lengths.batch(), features);
    Overlap.requireNone("x", values, "out", out);
    NativeSequences.poolForward(
        engine,
        number(pooling),
        halves,
        lengths.maxSteps(),
        lengths.batch(),
        features,
        HostLengths.of(lengths),
        HostLengths.at(lengths),
        Floats.of(values),
        values.heapOffset(),
        Floats.of(out),
        out.heapOffset(),
        ints(argmax),
        Floats.at(argmax));
  }

  @Override
  public void backward(
      Pooling pooling,
      Direction direction,
      Lengths lengths,
      Tensor dOut,
      @Nullable Tensor argmax,
      Tensor dx) {
    if (dOut.type() != DType.F32) {
      others.backward(pooling, direction, lengths, dOut, argmax, dx);
      return;
    }
    if (dOut.shape().rank() != 2) {
      throw new IllegalArgumentException("dOut must have shape [N, C], not " + dOut.shape());
    }
    int batch = lengths.batch();
    int features = dOut.shape().dim(1);
    boolean halves = requireFits(pooling, direction, batch, features, argmax);
    dOut.require("dOut", DType.F32, batch, features);
    dx.require("dx", DType.F32, lengths.maxSteps(), batch, features);
    Overlap.requireNone("dOut", dOut, "dx", dx);
    NativeSequences.poolBackward(
        engine,
        number(pooling),
        halves,
        lengths.maxSteps(),
        batch,
        features,
        HostLengths.of(lengths),
        HostLengths.at(lengths),
        Floats.of(dOut),
        dOut.heapOffset(),
        ints(argmax),
        Floats.at(argmax),
        Floats.of(dx),
        dx.heapOffset());
  }

  /** The place of a way to pool in the enumeration of {@code pooling.h}. */
  private static int number(Pooling pooling) {
    return switch (pooling) {
      case LAST -> 0;
      case MEAN -> 1;
      case MAX -> 2;
    };
  }

  private static int @Nullable [] ints(@Nullable Tensor t) {
    return t == null ? null : t.heap().ints();
  }

  /** Checks what forward and backward share; returns whether half the features end at step 0. */
  private static boolean requireFits(
      Pooling pooling, Direction direction, int batch, int features, @Nullable Tensor argmax) {
    if ((pooling == Pooling.MAX) != (argmax != null)) {
      throw new IllegalArgumentException(
          "argmax must be %s for %s".formatted(pooling == Pooling.MAX ? "given" : "null", pooling));
    }
    if (argmax != null) {
      argmax.require("argmax", DType.I32, batch, features);
    }
    boolean halves = pooling == Pooling.LAST && direction == Direction.BIDIRECTIONAL;
    if (halves && features % 2 != 0) {
      throw new IllegalArgumentException(
          "the last step of two directions needs an even number of features, not " + features);
    }
    return halves;
  }
}
