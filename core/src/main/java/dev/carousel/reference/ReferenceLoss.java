package dev.carousel.reference;

import dev.carousel.spi.LossKernels;
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
    double allWeights = 0;
    for (int c = 0; c < classes; c++) {
      allWeights += weight(weights, c);
    }
    SoftmaxRow row =
        new SoftmaxRow(
            classes, weights, io.smoothing(), allWeights, weight > 0 ? io.scale() / weight : 0);
    Reals z = Reals.of("logits", logits);
    Reals d = optional("dLogits", io.dLogits());
    sumRows(
        rows,
        rows * (double) classes * EXP,
        io.loss(),
        weight,
        r -> softmaxRow(row, gold.get(r), r, z, d));
  }

  private double softmaxRow(SoftmaxRow row, int gold, int r, Reals logits, @Nullable Reals d) {
    int classes = row.classes();
    if (gold < 0) {
      if (d != null) {
        d.fill(r * classes, classes, 0);
      }
      return 0;
    }
    double[] z = scratch.take(classes).array();
    logits.read(r * classes, z, 0, classes);
    double loss = row.differentiate(z, gold);
    if (d != null) {
      d.write(r * classes, z, 0, classes);
    }
    return loss;
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
    Tensor logits = io.logits();
    requireLogits(logits, io.loss(), io.dLogits());
    io.targets().require("targets", logits.type(), logits.shape().dims());
    int labels = logits.shape().dim(-1);
    int rows = logits.shape().rows();
    if (io.positiveWeights() != null) {
      io.positiveWeights().require("positiveWeights", logits.type(), labels);
    }
    int counted = 0;
    SigmoidRow counter = row(io, 0);
    for (int r = 0; r < rows; r++) {
      counted += counter.counts(r) ? labels : 0;
    }
    SigmoidRow row = row(io, counted > 0 ? io.scale() / counted : 0);
    sumRows(rows, rows * (double) labels * EXP, io.loss(), counted, row::differentiate);
  }

  private static SigmoidRow row(SigmoidLoss io, double factor) {
    return new SigmoidRow(
        io.logits().shape().dim(-1),
        Reals.of("logits", io.logits()),
        Reals.of("targets", io.targets()),
        optional("positiveWeights", io.positiveWeights()),
        optional("dLogits", io.dLogits()),
        factor);
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
