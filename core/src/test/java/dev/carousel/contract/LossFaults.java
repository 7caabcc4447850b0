package dev.carousel.contract;

import static dev.carousel.contract.RnnFaults.copy;

import dev.carousel.contract.Interception.Body;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Backend;
import dev.carousel.spi.CrfKernels;
import dev.carousel.spi.CrfLoss;
import dev.carousel.spi.LossKernels;
import dev.carousel.spi.Penalty;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Faults in losses. */
final class LossFaults {
  private LossFaults() {}

  static List<Fault> all() {
    return List.of(
        softmax("ignores the class weights", (b, f) -> change(f, null, f.smoothing(), f.scale())),
        softmax("ignores the smoothing", (b, f) -> change(f, f.classWeights(), 0, f.scale())),
        softmax("ignores the scale", (b, f) -> change(f, f.classWeights(), f.smoothing(), 1)),
        loss(
            "divides by zero when no row counts",
            "softmax_withoutARowThatCountsLossAndGradientAreZero",
            "softmax",
            LossFaults::dividesByCount),
        loss(
            "overflows on large logits",
            "softmax_probabilitiesAreThoseOfTheLoss",
            "probabilities",
            LossFaults::naiveSoftmax),
        loss(
            "ignores the weights of the positive classes",
            "sigmoid_lossAndGradientFollowTheFormula",
            "sigmoid",
            backend -> LossFaults::unweightedSigmoid),
        loss(
            "forgets the focus of a loss of classes",
            "focal_lossOfClassesFollowsTheFormula",
            "focalSoftmax",
            backend -> (args, real) -> real.with(args[0], 0.0)),
        loss(
            "forgets the focus of a loss of labels",
            "focal_lossOfIndependentLabelsFollowsTheFormula",
            "focalSigmoid",
            backend -> (args, real) -> real.with(args[0], 0.0)),
        loss(
            "takes every penalty for the square",
            "regression_lossAndGradientFollowTheFormula",
            "regression",
            backend -> LossFaults::alwaysSquared),
        crf(
            "counts the padding",
            "r05_crfLossCountsTheRealStepsOfEveryPath",
            "loss",
            LossFaults::crfOverPadding),
        crf(
            "forgets the transitions to the end",
            "r05_crfLossCountsTheRealStepsOfEveryPath",
            "loss",
            LossFaults::crfWithoutEnd),
        crf(
            "decodes without the transitions to the end",
            "r05_viterbiFindsTheBestOfEveryPath",
            "viterbi",
            backend ->
                (args, real) ->
                    real.with(
                        args[0],
                        withoutEnd(backend, (Tensor) args[1]),
                        args[2],
                        args[3],
                        args[4])));
  }

  private interface Change {
    SoftmaxLoss of(Backend backend, SoftmaxLoss io);
  }

  private static Fault softmax(String name, Change change) {
    return loss(
        name,
        "softmax_lossAndGradientFollowTheFormula",
        "softmax",
        backend -> (args, real) -> real.with(change.of(backend, (SoftmaxLoss) args[0])));
  }

  private static Fault loss(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(name, caughtBy, "loss", LossKernels.class, Backend::loss, method, body);
  }

  private static Fault crf(
      String name, String caughtBy, String method, Function<Backend, Body> body) {
    return Fault.inGroup(name, caughtBy, "crf", CrfKernels.class, Backend::crf, method, body);
  }

  private static SoftmaxLoss change(
      SoftmaxLoss f, Tensor classWeights, double smoothing, double scale) {
    return new SoftmaxLoss(
        f.logits(), f.gold(), classWeights, smoothing, f.loss(), f.dLogits(), scale);
  }

  private static Body dividesByCount(Backend backend) {
    return (args, real) -> {
      real.with(args);
      SoftmaxLoss io = (SoftmaxLoss) args[0];
      if (io.dLogits() != null) {
        double count = Fault.read(backend, io.loss())[1];
        double[] g = Fault.read(backend, io.dLogits());
        Arrays.setAll(g, i -> g[i] * count / count);
        Fault.write(backend, g, io.dLogits());
      }
      return null;
    };
  }

  private static Body naiveSoftmax(Backend backend) {
    return (args, real) -> {
      Tensor logits = (Tensor) args[0];
      int classes = logits.shape().dim(-1);
      double[] p = Arrays.stream(Fault.read(backend, logits)).map(Math::exp).toArray();
      for (int row = 0; row < p.length; row += classes) {
        double sum = Arrays.stream(p, row, row + classes).sum();
        for (int c = row; c < row + classes; c++) {
          p[c] /= sum;
        }
      }
      Fault.write(backend, p, (Tensor) args[1]);
      return null;
    };
  }

  private static Object alwaysSquared(Object[] args, Interception.Proceed real) {
    RegressionLoss io = (RegressionLoss) args[0];
    return real.with(
        new RegressionLoss(
            io.predictions(),
            io.targets(),
            Penalty.SQUARED,
            io.loss(),
            io.dPredictions(),
            io.scale()));
  }

  private static Object unweightedSigmoid(Object[] args, Interception.Proceed real) {
    SigmoidLoss io = (SigmoidLoss) args[0];
    return real.with(
        new SigmoidLoss(io.logits(), io.targets(), null, io.loss(), io.dLogits(), io.scale()));
  }

  /** Takes gold labels beyond a length for label 0. */
  private static Body crfOverPadding(Backend backend) {
    return (args, real) -> {
      CrfLoss io = (CrfLoss) args[0];
      Lengths lengths = io.emissions().lengths();
      int labels = io.transitions().shape().dim(1);
      int[] gold =
          Arrays.stream(Fault.read(backend, io.gold()))
              .mapToInt(g -> g < labels ? (int) g : 0)
              .toArray();
      Tensor inRange = copy(backend, io.gold());
      backend.memory().upload(gold, 0, inRange);
      Sequences all =
          new Sequences(io.emissions().values(), Lengths.full(lengths.maxSteps(), lengths.batch()));
      return real.with(change(io, all, io.transitions(), inRange));
    };
  }

  private static Body crfWithoutEnd(Backend backend) {
    return (args, real) -> {
      CrfLoss io = (CrfLoss) args[0];
      return real.with(
          change(io, io.emissions(), withoutEnd(backend, io.transitions()), io.gold()));
    };
  }

  private static CrfLoss change(CrfLoss io, Sequences emissions, Tensor transitions, Tensor gold) {
    return new CrfLoss(
        emissions,
        transitions,
        gold,
        io.loss(),
        io.dEmissions(),
        io.dTransitions(),
        io.scale(),
        io.work());
  }

  private static Tensor withoutEnd(Backend backend, Tensor transitions) {
    double[] values = Fault.read(backend, transitions);
    int labels = transitions.shape().dim(1);
    Arrays.fill(values, (labels + 1) * labels, values.length, 0);
    Tensor wrong = copy(backend, transitions);
    Fault.write(backend, values, wrong);
    return wrong;
  }
}
