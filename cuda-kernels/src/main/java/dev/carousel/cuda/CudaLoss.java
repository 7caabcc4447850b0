package dev.carousel.cuda;

import dev.carousel.spi.LossKernels;
import dev.carousel.spi.Penalty;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Losses on the device; rows in blocks, their losses added in order. */
record CudaLoss(Gpu gpu) implements LossKernels {
  /** Blocks that share out the elements of a logistic loss, whatever their number. */
  private static final int PARTS = 256;

  @Override
  public void softmax(SoftmaxLoss io) {
    ofClasses(io, Kernel.SOFTMAX_LOSS, launch -> launch.real((float) io.smoothing()));
  }

  @Override
  public void focalSoftmax(SoftmaxLoss io, double focus) {
    requireFocus(focus);
    if (io.smoothing() != 0) {
      throw new IllegalArgumentException(
          "a focal loss takes no label smoothing, here " + io.smoothing());
    }
    ofClasses(io, Kernel.FOCAL_SOFTMAX_LOSS, launch -> launch.twice(focus));
  }

  private static void requireFocus(double focus) {
    if (!(focus >= 0 && focus < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the focus of a focal loss must be 0 or more, not " + focus);
    }
  }

  /**
   * A loss of class scores.
   *
   * @param option gives the kernel what sets it apart
   */
  private void ofClasses(SoftmaxLoss io, Kernel kernel, UnaryOperator<Launch> option) {
    Tensor logits = Operands.floats("logits", io.logits());
    requireLogits(logits, io.loss(), io.dLogits());
    io.gold().require("gold", DType.I32, Operands.leading(logits));
    long rows = logits.shape().rows();
    int classes = logits.shape().dim(-1);
    if (io.classWeights() != null) {
      io.classWeights().require("classWeights", DType.F32, classes);
    }
    try (Gpu.Turn turn = gpu.turn()) {
      long rowLosses = gpu.scratch(rows * 8);
      turn.kernel(Kernel.SOFTMAX_WEIGHT)
          .at(io.gold())
          .at(io.classWeights())
          .at(io.loss())
          .size(rows)
          .size(classes)
          .start(1, 1);
      option
          .apply(turn.kernel(kernel).at(logits).at(io.gold()).at(io.classWeights()))
          .twice(io.scale())
          .at(io.loss())
          .at(rowLosses)
          .at(io.dLogits())
          .size(rows)
          .size(classes)
          .blocks(rows);
      sum(turn, rowLosses, io.loss(), rows);
    }
  }

  @Override
  public void sigmoid(SigmoidLoss io) {
    ofLabels(io, Kernel.SIGMOID_LOSS, launch -> launch);
  }

  @Override
  public void focalSigmoid(SigmoidLoss io, double focus) {
    requireFocus(focus);
    ofLabels(io, Kernel.FOCAL_SIGMOID_LOSS, launch -> launch.twice(focus));
  }

  private void ofLabels(SigmoidLoss io, Kernel kernel, UnaryOperator<Launch> option) {
    Tensor logits = Operands.floats("logits", io.logits());
    requireLogits(logits, io.loss(), io.dLogits());
    Operands.like("targets", io.targets(), logits);
    long rows = logits.shape().rows();
    int labels = logits.shape().dim(-1);
    if (io.positiveWeights() != null) {
      io.positiveWeights().require("positiveWeights", DType.F32, labels);
    }
    try (Gpu.Turn turn = gpu.turn()) {
      long parts = gpu.scratch(PARTS * 8L);
      turn.kernel(Kernel.SIGMOID_COUNT)
          .at(io.targets())
          .at(io.loss())
          .size(rows)
          .size(labels)
          .start(1, 1);
      option
          .apply(turn.kernel(kernel).at(logits).at(io.targets()).at(io.positiveWeights()))
          .twice(io.scale())
          .at(io.loss())
          .at(parts)
          .at(io.dLogits())
          .size(rows)
          .size(labels)
          .start(parts(logits.size()), 1);
      sum(turn, parts, io.loss(), parts(logits.size()));
    }
  }

  @Override
  public void regression(RegressionLoss io) {
    Tensor predictions = Operands.floats("predictions", io.predictions());
    Operands.like("targets", io.targets(), predictions);
    io.loss().require("loss", DType.F32, 2);
    if (io.dPredictions() != null) {
      Operands.like("dPredictions", io.dPredictions(), predictions);
      Operands.sameOrDisjoint("predictions", predictions, "dPredictions", io.dPredictions());
      Operands.disjoint("targets", io.targets(), "dPredictions", io.dPredictions());
    }
    long n = predictions.size();
    try (Gpu.Turn turn = gpu.turn()) {
      long parts = gpu.scratch(PARTS * 8L);
      turn.kernel(Kernel.REGRESSION_COUNT).at(io.targets()).at(io.loss()).size(n).start(1, 1);
      turn.kernel(Kernel.REGRESSION_LOSS)
          .at(predictions)
          .at(io.targets())
          .number(code(io.penalty().kind()))
          .twice(io.penalty().delta())
          .twice(io.scale())
          .at(io.loss())
          .at(parts)
          .at(io.dPredictions())
          .size(n)
          .start(parts(n), 1);
      sum(turn, parts, io.loss(), parts(n));
    }
  }

  private static int code(Penalty.Kind kind) {
    return switch (kind) {
      case SQUARED -> 0;
      case ABSOLUTE -> 1;
      case HUBER -> 2;
    };
  }

  private static int parts(long size) {
    return (int) Math.max(1, Math.min(PARTS, (size + Launch.BLOCK - 1) / Launch.BLOCK));
  }

  private static void sum(Gpu.Turn turn, long parts, Tensor loss, long n) {
    turn.kernel(Kernel.SUM_PARTS).at(parts).at(loss).size(n).start(1, 1);
  }

  @Override
  public void probabilities(Tensor logits, Tensor out) {
    Operands.floats("logits", logits);
    Operands.like("out", out, logits);
    Operands.sameOrDisjoint("logits", logits, "out", out);
    Operands.leading(logits);
    long rows = logits.shape().rows();
    try (Gpu.Turn turn = gpu.turn()) {
      turn.kernel(Kernel.PROBABILITIES)
          .at(logits)
          .at(out)
          .size(rows)
          .size(logits.shape().dim(-1))
          .blocks(rows);
    }
  }

  private static void requireLogits(Tensor logits, Tensor loss, @Nullable Tensor dLogits) {
    Operands.leading(logits);
    loss.require("loss", DType.F32, 2);
    if (dLogits != null) {
      Operands.like("dLogits", dLogits, logits);
      Operands.sameOrDisjoint("logits", logits, "dLogits", dLogits);
    }
  }
}
