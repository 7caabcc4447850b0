package dev.carousel.reference;

import dev.carousel.spi.LossKernels;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Losses, stable for logits of any size; rows are shared out, their losses added in order. */
final class ReferenceLoss implements LossKernels {
  /** Floating-point operations that an exponential or logarithm is worth. */
  private static final double EXP = 30;

  private final Workers workers;
  private final ThreadScratch scratch;
  private final ThreadScratch rowLosses = new ThreadScratch();

  ReferenceLoss(Workers workers, ThreadScratch scratch) {
    this.workers = workers;
    this.scratch = scratch;
  }

  @Override
  public void softmax(SoftmaxLoss io) {
    ofClasses(
        io,
        (classes, weights, factor) ->
            new SoftmaxRow(classes, weights, io.smoothing(), sum(weights, classes), factor));
  }

  private static double sum(@Nullable Reals weights, int classes) {
    double all = 0;
    for (int c = 0; c < classes; c++) {
      all += weight(weights, c);
    }
    return all;
  }

  @Override
  public void focalSoftmax(SoftmaxLoss io, double focus) {
    requireFocus(focus);
    if (io.smoothing() != 0) {
      throw new IllegalArgumentException(
          "a focal loss takes no label smoothing, here " + io.smoothing());
    }
    ofClasses(io, (classes, weights, factor) -> new FocalRow(classes, weights, focus, factor));
  }

  private static void requireFocus(double focus) {
    if (!(focus >= 0 && focus < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the focus of a focal loss must be 0 or more, not " + focus);
    }
  }

  /** How a row's loss is computed once the number of classes and the weights are checked. */
  private interface ClassRows {
    ClassRow of(int classes, @Nullable Reals weights, double factor);
  }

  private void ofClasses(SoftmaxLoss io, ClassRows kind) {
    Tensor logits = io.logits();
    requireLogits(logits, io.loss(), io.dLogits());
    io.gold().require("gold", DType.I32, Operands.leading(logits));
    int classes = logits.shape().dim(-1);
    int rows = logits.shape().rows();
    if (io.classWeights() != null) {
      io.classWeights().require("classWeights", logits.type(), classes);
    }
    Reals weights = optional("classWeights", io.classWeights());
    Ints gold = Ints.of(io.gold());
    double weight = 0;
    for (int r = 0; r < rows; r++) {
      weight += goldWeight(gold.get(r), r, classes, weights);
    }
    ClassRow row = kind.of(classes, weights, weight > 0 ? io.scale() / weight : 0);
    Scores scores =
        new Scores(classes, gold, Reals.of("logits", logits), optional("dLogits", io.dLogits()));
    sumRows(
        rows,
        rows * (double) classes * EXP,
        io.loss(),
        weight,
        r -> scores.differentiate(r, row, scratch.take(classes).array()));
  }

  /** Class scores row by row, their labels and where the gradient goes. */
  private record Scores(int classes, Ints gold, Reals logits, @Nullable Reals gradient) {
    /**
     * Returns the loss of row {@code r} and writes its gradient.
     *
     * @param z scratch, [C]
     */
    double differentiate(int r, ClassRow row, double[] z) {
      if (gold.get(r) < 0) {
        if (gradient != null) {
          gradient.fill(r * classes, classes, 0);
        }
        return 0;
      }
      logits.read(r * classes, z, 0, classes);
      double loss = row.differentiate(z, gold.get(r));
      if (gradient != null) {
        gradient.write(r * classes, z, 0, classes);
      }
      return loss;
    }
  }

  private static double goldWeight(int gold, int row, int classes, @Nullable Reals weights) {
    if (gold >= classes) {
      throw new IllegalArgumentException(
          "gold label %d of row %d is not below %d classes".formatted(gold, row, classes));
    }
    return gold < 0 ? 0 : weight(weights, gold);
  }

  static double weight(@Nullable Reals weights, int c) {
    return weights == null ? 1 : weights.get(c);
  }

  @Override
  public void sigmoid(SigmoidLoss io) {
    ofLabels(io, 0);
  }

  @Override
  public void focalSigmoid(SigmoidLoss io, double focus) {
    requireFocus(focus);
    ofLabels(io, focus);
  }

  private void ofLabels(SigmoidLoss io, double focus) {
    Tensor logits = io.logits();
    requireLogits(logits, io.loss(), io.dLogits());
    io.targets().require("targets", logits.type(), logits.shape().dims());
    int labels = logits.shape().dim(-1);
    int rows = logits.shape().rows();
    if (io.positiveWeights() != null) {
      io.positiveWeights().require("positiveWeights", logits.type(), labels);
    }
    int counted = 0;
    SigmoidRow counter = row(io, focus, 0);
    for (int r = 0; r < rows; r++) {
      counted += counter.counts(r) ? labels : 0;
    }
    SigmoidRow row = row(io, focus, counted > 0 ? io.scale() / counted : 0);
    sumRows(rows, rows * (double) labels * EXP, io.loss(), counted, row::differentiate);
  }

  private static SigmoidRow row(SigmoidLoss io, double focus, double factor) {
    return new SigmoidRow(
        io.logits().shape().dim(-1),
        Reals.of("logits", io.logits()),
        Reals.of("targets", io.targets()),
        optional("positiveWeights", io.positiveWeights()),
        optional("dLogits", io.dLogits()),
        focus,
        factor);
  }

  @Override
  public void regression(RegressionLoss io) {
    RegressionSum.write(io);
  }

  @Override
  public void probabilities(Tensor logits, Tensor out) {
    out.require("out", logits.type(), logits.shape().dims());
    Operands.sameOrDisjoint("logits", logits, "out", out);
    int classes = logits.shape().dim(-1);
    int rows = logits.shape().rows();
    Reals from = Reals.of("logits", logits);
    Reals to = Reals.of("out", out);
    workers.run(
        rows,
        rows * (double) classes * EXP,
        r -> {
          double[] z = scratch.take(classes).array();
          from.read(r * classes, z, 0, classes);
          SoftmaxRow.normalize(z, classes);
          to.write(r * classes, z, 0, classes);
        });
  }

  private static void requireLogits(Tensor logits, Tensor loss, @Nullable Tensor dLogits) {
    logits.require("logits", logits.type(), logits.shape().dims());
    Operands.leading(logits);
    if (!loss.shape().is(2)) {
      throw new IllegalArgumentException("loss must have shape [2], not " + loss.shape());
    }
    if (dLogits != null) {
      dLogits.require("dLogits", logits.type(), logits.shape().dims());
      Operands.sameOrDisjoint("logits", logits, "dLogits", dLogits);
    }
  }

  private static @Nullable Reals optional(String name, @Nullable Tensor t) {
    return t == null ? null : Reals.of(name, t);
  }

  /** The loss of one row, whose gradient is written on the way. */
  private interface RowLoss {
    double of(int row);
  }

  private void sumRows(int rows, double operations, Tensor loss, double weight, RowLoss row) {
    double[] losses = rowLosses.take(rows).array();
    workers.run(rows, operations, r -> losses[r] = row.of(r));
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += losses[r];
    }
    Reals out = Reals.of("loss", loss);
    out.set(0, sum);
    out.set(1, weight);
  }
}
