package dev.carousel.contract;

import dev.carousel.contract.Interception.Body;
import dev.carousel.kit.run.RnnOperands;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.Sequences;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import dev.carousel.spi.Backend;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Wrong equations and wrong gradients of recurrent networks. */
final class RnnFaults {
  private RnnFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.inPlan(
            "takes [T, N, C] for [N, T, C]",
            "r01_eachRowOfATimeMajorBatchIsComputedAsIfAlone",
            "forward",
            (backend, plan) -> onForward(o -> o.x = batchMajor(backend, o.x))),
        inWeights(
            "has its first two gates in the wrong order",
            "r02_inferenceFollowsTheEquations",
            RnnFaults::swapFirstGates),
        inWeights(
            "has its input and forget gates in the wrong order",
            "r02_aShutInputGateAndAnOpenForgetGateCarryTheCellStateUnchanged",
            RnnFaults::swapFirstGates),
        inWeights(
            "loses the hidden bias of the new gate",
            "r02_inferenceFollowsTheEquations",
            RnnFaults::loseHiddenBiasOfNewGate),
        Fault.inPlan(
            "ignores the initial state",
            "r02_inferenceFollowsTheEquations",
            "forward",
            (backend, plan) -> onForward(o -> o.initial = null)),
        Fault.inRnn(
            "keeps the weights it first saw",
            "r03_refreshedWeightsAreThoseOfTheFlatBuffer",
            "pack",
            backend -> (args, real) -> real.with(args[0], copy(backend, (Tensor) args[1]))),
        Fault.inPlan(
            "overwrites the weights' gradient",
            "r04_gradientsAreTheDerivativesOfTheEquations",
            "backward",
            (backend, plan) -> beforeBackward(b -> fill(backend, b.dWeights(), 0))),
        Fault.inPlan(
            "adds to the input's gradient",
            "r04_gradientsAreTheDerivativesOfTheEquations",
            "backward",
            (backend, plan) -> addsDx(backend)),
        Fault.inPlan(
            "ignores the gradient of the last state",
            "r04_gradientsAreTheDerivativesOfTheEquations",
            "backward",
            (backend, plan) ->
                (args, real) ->
                    real.with(
                        new RnnOperands((RnnBackward) args[0])
                            .with(o -> o.dLast = null)
                            .backward())),
        Fault.inPlan(
            "forgets what an earlier backward added",
            "r04_aSecondBackwardAddsToTheWeightGradientAndRewritesTheOthers",
            "backward",
            (backend, plan) -> beforeBackward(b -> fill(backend, b.dWeights(), 0.5))));
  }

  /** Changes the operands of forward. */
  static Body onForward(Consumer<RnnOperands> change) {
    return (args, real) -> real.with(new RnnOperands((RnnForward) args[0]).with(change).forward());
  }

  /** Does something before the real backward. */
  static Body beforeBackward(Consumer<RnnBackward> first) {
    return (args, real) -> {
      first.accept((RnnBackward) args[0]);
      return real.with(args);
    };
  }

  /** Computes with weights other than those it was given. */
  private static Fault inWeights(
      String name, String caughtBy, BiConsumer<RnnSpec, double[]> change) {
    return Fault.inPlan(
        name,
        caughtBy,
        "forward",
        (backend, plan) ->
            (args, real) -> {
              RnnWeights weights = ((RnnForward) args[0]).weights();
              double[] right = Fault.read(backend, weights.master());
              double[] wrong = right.clone();
              change.accept(weights.spec(), wrong);
              Fault.write(backend, wrong, weights.master());
              weights.refresh();
              real.with(args);
              Fault.write(backend, right, weights.master());
              weights.refresh();
              return null;
            });
  }

  private static void swapFirstGates(RnnSpec spec, double[] weights) {
    for (WeightBlock block : WeightLayout.of(spec).blocks()) {
      if (spec.cell().gates() > 1 && block.role() != WeightRole.PROJECTION) {
        int at = Math.toIntExact(block.offset());
        int gate = Math.toIntExact(block.shape().size()) / spec.cell().gates();
        double[] first = Arrays.copyOfRange(weights, at, at + gate);
        System.arraycopy(weights, at + gate, weights, at, gate);
        System.arraycopy(first, 0, weights, at + gate, gate);
      }
    }
  }

  private static void loseHiddenBiasOfNewGate(RnnSpec spec, double[] weights) {
    for (WeightBlock block : WeightLayout.of(spec).blocks()) {
      if (spec.cell() == Cell.GRU && block.role() == WeightRole.HIDDEN_BIAS) {
        int at = Math.toIntExact(block.offset());
        int h = spec.hiddenSize();
        Arrays.fill(weights, at + 2 * h, at + 3 * h, 0);
      }
    }
  }

  private static Sequences batchMajor(Backend backend, Sequences x) {
    double[] values = Fault.read(backend, x.values());
    int t = x.values().shape().dim(0);
    int n = x.values().shape().dim(1);
    int c = x.values().shape().dim(2);
    double[] other = new double[values.length];
    for (int row = 0; row < t * n; row++) {
      int from = row % n * t + row / n;
      System.arraycopy(values, from * c, other, row * c, c);
    }
    Tensor wrong = copy(backend, x.values());
    Fault.write(backend, other, wrong);
    return new Sequences(wrong, x.lengths());
  }

  private static Body addsDx(Backend backend) {
    return (args, real) -> {
      Tensor dx = ((RnnBackward) args[0]).dx();
      Tensor before = dx == null ? null : copy(backend, dx);
      real.with(args);
      if (before != null) {
        backend.elementwise().addScaled(1, before, dx);
      }
      return null;
    };
  }

  private static void fill(Backend backend, Tensor t, double value) {
    if (t != null) {
      backend.memory().fill(t, value);
    }
  }

  /** A copy that lives as long as the backend's process. */
  static Tensor copy(Backend backend, Tensor t) {
    Tensor copy = new Tensor(backend.memory().allocate(t.type(), t.size()), 0, t.shape());
    backend.memory().copy(t, copy);
    return copy;
  }
}
