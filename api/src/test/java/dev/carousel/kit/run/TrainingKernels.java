package dev.carousel.kit.run;

import static dev.carousel.kit.run.OrdinaryOperands.C;
import static dev.carousel.kit.run.OrdinaryOperands.N;

import dev.carousel.kit.run.KernelCatalog.Kernel;
import dev.carousel.spi.AdamUpdate;
import dev.carousel.spi.Penalty;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.spi.SgdUpdate;
import dev.carousel.spi.SgdUpdate.Momentum;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.spi.WeightDecay;
import dev.carousel.tensor.Tensor;
import java.util.List;

/** Losses of independent predictions, and updates. */
final class TrainingKernels {
  private TrainingKernels() {}

  static List<Kernel> all() {
    return List.of(
        new Kernel("loss.softmax", TrainingKernels::softmax),
        new Kernel("loss.sigmoid", TrainingKernels::sigmoid),
        new Kernel("loss.focalSoftmax", TrainingKernels::focalSoftmax),
        new Kernel("loss.focalSigmoid", TrainingKernels::focalSigmoid),
        new Kernel("loss.regression", TrainingKernels::regression),
        new Kernel("loss.probabilities", TrainingKernels::probabilities),
        new Kernel("optimizer.adam", TrainingKernels::adam),
        new Kernel("optimizer.sgd", TrainingKernels::sgd));
  }

  private static Runnable softmax(OrdinaryOperands o) {
    SoftmaxLoss io = softmaxOperands(o, 0.1);
    return () -> o.call().backend().loss().softmax(io);
  }

  private static Runnable focalSoftmax(OrdinaryOperands o) {
    SoftmaxLoss io = softmaxOperands(o, 0);
    return () -> o.call().backend().loss().focalSoftmax(io, 2);
  }

  private static SoftmaxLoss softmaxOperands(OrdinaryOperands o, double smoothing) {
    return new SoftmaxLoss(
        o.in("logits", o.steps(), N, C),
        o.ids("gold", -1, C - 1),
        o.call().in("weights", new double[] {1, 2, 3, 1, 2, 3}, C),
        smoothing,
        o.call().written("loss", 2),
        o.call().written("dLogits", o.steps(), N, C),
        1);
  }

  private static Runnable sigmoid(OrdinaryOperands o) {
    SigmoidLoss io = sigmoidOperands(o);
    return () -> o.call().backend().loss().sigmoid(io);
  }

  private static Runnable focalSigmoid(OrdinaryOperands o) {
    SigmoidLoss io = sigmoidOperands(o);
    return () -> o.call().backend().loss().focalSigmoid(io, 2);
  }

  private static SigmoidLoss sigmoidOperands(OrdinaryOperands o) {
    return new SigmoidLoss(
        o.in("logits", o.steps(), N, C),
        o.call().in("targets", o.random().between(o.steps() * N * C, 0, 1), o.steps(), N, C),
        null,
        o.call().written("loss", 2),
        o.call().written("dLogits", o.steps(), N, C),
        1);
  }

  private static Runnable regression(OrdinaryOperands o) {
    RegressionLoss io =
        new RegressionLoss(
            o.in("predictions", o.steps(), N, C),
            o.in("targets", o.steps(), N, C),
            Penalty.huber(0.5),
            o.call().written("loss", 2),
            o.call().written("dPredictions", o.steps(), N, C),
            1);
    return () -> o.call().backend().loss().regression(io);
  }

  private static Runnable probabilities(OrdinaryOperands o) {
    Tensor logits = o.in("logits", o.steps(), N, C);
    Tensor out = o.call().written("out", o.steps(), N, C);
    return () -> o.call().backend().loss().probabilities(logits, out);
  }

  private static Runnable adam(OrdinaryOperands o) {
    int n = o.steps() * N * C;
    AdamUpdate io =
        new AdamUpdate(
            o.call().updated("p", o.random().uniform(n, 1), n),
            o.in("g", n),
            o.call().updated("m", new double[n], n),
            o.call().updated("v", new double[n], n),
            o.call().updatedDoubles("scalars", 0.1, 1, 0, 0, 1, 0),
            0.9,
            0.99,
            1e-8,
            0.1,
            WeightDecay.DECOUPLED);
    var kernels = o.call().backend().optimizer();
    return () -> {
      kernels.advance(io.scalars());
      kernels.globalNorm(io.gradients(), io.scalars());
      kernels.adam(io);
    };
  }

  private static Runnable sgd(OrdinaryOperands o) {
    int n = o.steps() * N * C;
    SgdUpdate io =
        new SgdUpdate(
            o.call().updated("p", o.random().uniform(n, 1), n),
            o.in("g", n),
            o.call().updated("u", new double[n], n),
            o.call().updatedDoubles("scalars", 0.1, 1, 0, 0, 1, 0),
            0.9,
            Momentum.NESTEROV,
            0.1);
    var kernels = o.call().backend().optimizer();
    return () -> {
      kernels.globalNorm(io.gradients(), io.scalars());
      kernels.sgd(io);
    };
  }
}
