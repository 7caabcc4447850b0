package dev.carousel.cpu.fused;

import dev.carousel.spi.LossKernels;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Losses of F32 logits. Labels and targets are checked here, where a message can name them.
 *
 * @param engine the threads and the instruction set
 * @param others for logits of another type
 */
record FusedLossKernels(long engine, LossKernels others) implements LossKernels {
  @Override
  public void softmax(SoftmaxLoss io) {
    if (io.logits().type() == DType.F32) {
      softmax(io, 0);
    } else {
      others.softmax(io);
    }
  }

  @Override
  public void focalSoftmax(SoftmaxLoss io, double focus) {
    if (io.logits().type() != DType.F32) {
      others.focalSoftmax(io, focus);
      return;
    }
    requireFocus(focus);
    if (io.smoothing() != 0) {
      throw new IllegalArgumentException(
          "a focal loss takes no label smoothing, here " + io.smoothing());
    }
    softmax(io, focus);
  }

  private static void requireFocus(double focus) {
    if (!(focus >= 0 && focus < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the focus of a focal loss must be 0 or more, not " + focus);
    }
  }

  private void softmax(SoftmaxLoss io, double focus) {
    Tensor logits = io.logits();
    requireLogits(logits, io.loss(), io.dLogits());
    int[] dims = logits.shape().dims();
    int classes = dims[dims.length - 1];
    Tensor gold = io.gold().require("gold", DType.I32, Arrays.copyOf(dims, dims.length - 1));
    Tensor w = io.classWeights();
    if (w != null) {
      w.require("classWeights", DType.F32, classes);
    }
    double weight = goldWeight(gold, w, classes);
    double loss =
        Native.softmax(
            engine,
            Floats.of(logits),
            logits.heapOffset(),
            logits.shape().rows(),
            classes,
            gold.heap().ints(),
            gold.heapOffset(),
            Floats.ofNullable(w),
            Floats.at(w),
            io.smoothing(),
            allWeights(w, classes),
            focus,
            weight > 0 ? io.scale() / weight : 0,
            Floats.ofNullable(io.dLogits()),
            Floats.at(io.dLogits()));
    LossResult.write(io.loss(), loss, weight);
  }

  /** Σ w_g of the rows that count. */
  private static double goldWeight(Tensor gold, @Nullable Tensor weights, int classes) {
    int[] labels = gold.heap().ints();
    double sum = 0;
    for (int r = 0; r < gold.size(); r++) {
      int label = labels[gold.heapOffset() + r];
      if (label >= classes) {
        throw new IllegalArgumentException(
            "gold label %d of row %d is not below %d classes".formatted(label, r, classes));
      }
      sum += label < 0 ? 0 : weight(weights, label);
    }
    return sum;
  }

  private static double allWeights(@Nullable Tensor weights, int classes) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += weight(weights, c);
    }
    return sum;
  }

  private static double weight(@Nullable Tensor weights, int c) {
    return weights == null ? 1 : Floats.of(weights)[weights.heapOffset() + c];
  }

  @Override
  public void sigmoid(SigmoidLoss io) {
    if (io.logits().type() == DType.F32) {
      sigmoid(io, 0);
    } else {
      others.sigmoid(io);
    }
  }

  @Override
  public void focalSigmoid(SigmoidLoss io, double focus) {
    if (io.logits().type() == DType.F32) {
      requireFocus(focus);
      sigmoid(io, focus);
    } else {
      others.focalSigmoid(io, focus);
    }
  }

  private void sigmoid(SigmoidLoss io, double focus) {
    Tensor logits = io.logits();
    requireLogits(logits, io.loss(), io.dLogits());
    Tensor targets = io.targets().require("targets", DType.F32, logits.shape().dims());
    int labels = logits.shape().dim(-1);
    Tensor w = io.positiveWeights();
    if (w != null) {
      w.require("positiveWeights", DType.F32, labels);
    }
    int counted = countTargets(targets, labels);
    double loss =
        Native.sigmoid(
            engine,
            Floats.of(logits),
            logits.heapOffset(),
            Floats.of(targets),
            targets.heapOffset(),
            logits.shape().rows(),
            labels,
            Floats.ofNullable(w),
            Floats.at(w),
            focus,
            counted > 0 ? io.scale() / counted : 0,
            Floats.ofNullable(io.dLogits()),
            Floats.at(io.dLogits()));
    LossResult.write(io.loss(), loss, counted);
  }

  @Override
  public void regression(RegressionLoss io) {
    if (io.predictions().type() == DType.F32) {
      FusedRegression.run(engine, io);
    } else {
      others.regression(io);
    }
  }

  /** How many elements count; those must be 0 to 1. */
  private static int countTargets(Tensor targets, int labels) {
    float[] t = Floats.of(targets);
    int counted = 0;
    for (int r = 0; labels > 0 && r < targets.shape().rows(); r++) {
      int at = targets.heapOffset() + r * labels;
      if (!(t[at] >= 0)) {
        continue;
      }
      for (int i = at; i < at + labels; i++) {
        if (!(t[i] >= 0 && t[i] <= 1)) {
          throw new IllegalArgumentException(
              "targets must be 0 to 1, not %s as in row %d".formatted(t[i], r));
        }
      }
      counted += labels;
    }
    return counted;
  }

  @Override
  public void probabilities(Tensor logits, Tensor out) {
    if (logits.type() != DType.F32) {
      others.probabilities(logits, out);
      return;
    }
    requireAxes(logits);
    out.require("out", DType.F32, logits.shape().dims());
    Overlap.requireSameOrNone("logits", logits, "out", out);
    Native.probabilities(
        engine,
        Floats.of(logits),
        logits.heapOffset(),
        logits.shape().rows(),
        logits.shape().dim(-1),
        Floats.of(out),
        out.heapOffset());
  }

  private static void requireLogits(Tensor logits, Tensor loss, @Nullable Tensor dLogits) {
    requireAxes(logits);
    LossResult.require(loss);
    if (dLogits != null) {
      dLogits.require("dLogits", DType.F32, logits.shape().dims());
      Overlap.requireSameOrNone("logits", logits, "dLogits", dLogits);
    }
  }

  private static void requireAxes(Tensor logits) {
    if (logits.shape().rank() == 0) {
      throw new IllegalArgumentException("a tensor without axes has no rows");
    }
  }
}
