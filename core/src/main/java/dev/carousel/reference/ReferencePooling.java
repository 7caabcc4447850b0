package dev.carousel.reference;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Pooling;
import dev.carousel.spi.PoolingKernels;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Reductions over time, one loop over rows and features each. */
final class ReferencePooling implements PoolingKernels {
  @Override
  public void forward(
      Pooling pooling, Direction direction, Sequences x, Tensor out, @Nullable Tensor argmax) {
    Tensor values = x.values();
    int features = values.shape().dim(2);
    int batch = x.lengths().batch();
    requireFits(pooling, direction, features, argmax, batch);
    out.require("out", values.type(), batch, features);
    Operands.disjoint("x", values, "out", out);
    Reals from = Reals.of("x", values);
    Reals to = Reals.of("out", out);
    for (int n = 0; n < batch; n++) {
      int length = x.lengths().at(n);
      if (argmax != null) {
        new Row(n * features, features, batch * features, length)
            .largest(from, to, Ints.of(argmax));
        continue;
      }
      for (int c = 0; c < features; c++) {
        int i = n * features + c;
        if (pooling == Pooling.MEAN) {
          to.set(i, mean(from, i, batch * features, length));
        } else {
          int step = last(direction, length, c, features);
          to.set(i, step < 0 ? 0 : from.get(step * batch * features + i));
        }
      }
    }
  }

  /** Where a direction ends; −1 for a row of length 0. */
  private static int last(Direction direction, int length, int c, int features) {
    boolean backwards = direction == Direction.BIDIRECTIONAL && c >= features / 2;
    return length == 0 ? -1 : backwards ? 0 : length - 1;
  }

  /**
   * One row of a batch.
   *
   * @param first its first element within a step
   * @param features C
   * @param stride elements from a step to the next, N·C
   * @param length its steps
   */
  private record Row(int first, int features, int stride, int length) {
    /** Step by step, as the elements lie, with the largest so far in the result. */
    void largest(Reals x, Reals best, Ints step) {
      for (int i = first; i < first + features; i++) {
        best.set(i, length == 0 ? 0 : x.get(i));
        step.set(i, length == 0 ? -1 : 0);
      }
      for (int t = 1; t < length; t++) {
        for (int i = first; i < first + features; i++) {
          double value = x.get(t * stride + i);
          if (value > best.get(i)) {
            best.set(i, value);
            step.set(i, t);
          }
        }
      }
    }
  }

  private static double mean(Reals x, int i, int stride, int length) {
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum += x.get(t * stride + i);
    }
    return length == 0 ? 0 : sum / length;
  }

  @Override
  public void backward(
      Pooling pooling,
      Direction direction,
      Lengths lengths,
      Tensor dOut,
      @Nullable Tensor argmax,
      Tensor dx) {
    int batch = lengths.batch();
    if (dOut.shape().rank() != 2) {
      throw new IllegalArgumentException("dOut must have shape [N, C], not " + dOut.shape());
    }
    int features = dOut.shape().dim(1);
    requireFits(pooling, direction, features, argmax, batch);
    dOut.require("dOut", dOut.type(), batch, features);
    dx.require("dx", dOut.type(), lengths.maxSteps(), batch, features);
    Operands.disjoint("dOut", dOut, "dx", dx);
    Reals from = Reals.of("dOut", dOut);
    Reals to = Reals.of("dx", dx);
    to.fill(0, (int) dx.size(), 0);
    for (int n = 0; n < batch; n++) {
      int length = lengths.at(n);
      for (int c = 0; c < features; c++) {
        int i = n * features + c;
        if (pooling == Pooling.MEAN) {
          for (int t = 0; t < length; t++) {
            to.set(t * batch * features + i, from.get(i) / length);
          }
          continue;
        }
        int step = argmax == null ? last(direction, length, c, features) : Ints.of(argmax).get(i);
        if (step >= 0) {
          to.set(step * batch * features + i, from.get(i));
        }
      }
    }
  }

  private static void requireFits(
      Pooling pooling, Direction direction, int features, @Nullable Tensor argmax, int batch) {
    if ((pooling == Pooling.MAX) != (argmax != null)) {
      throw new IllegalArgumentException(
          "argmax must be %s for %s".formatted(pooling == Pooling.MAX ? "given" : "null", pooling));
    }
    if (argmax != null) {
      argmax.require("argmax", DType.I32, batch, features);
    }
    if (pooling == Pooling.LAST && direction == Direction.BIDIRECTIONAL && features % 2 != 0) {
      throw new IllegalArgumentException(
          "the last step of two directions needs an even number of features, not " + features);
    }
  }
}
