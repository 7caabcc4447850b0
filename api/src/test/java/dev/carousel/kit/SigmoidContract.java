package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.oracle.SigmoidOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logistic loss of independent yes/no labels. */
public interface SigmoidContract extends BackendContract {
  /** One loss over [3, 3, C] logits. */
  record SigmoidCase(DType type, int classes, boolean weighted, double magnitude) {
    /** Rows 2 and 5 do not count. */
    SigmoidOracle oracle() {
      RandomValues random = new RandomValues(41);
      double[] weights = new double[classes];
      Arrays.setAll(weights, i -> weighted ? 0.5 + i : 1);
      double[] targets = random.uniform(9 * classes, 1);
      for (int i = 0; i < targets.length; i++) {
        targets[i] = i % 2 == 0 ? Math.abs(targets[i]) : i / 2 % 2;
      }
      targets[2 * classes] = -1;
      targets[5 * classes] = -1;
      return new SigmoidOracle(random.uniform(9 * classes, magnitude), targets, weights, 0.25);
    }

    SigmoidLoss loss(KernelCall call, SigmoidOracle o, boolean gradient) {
      return new SigmoidLoss(
          call.in("logits", o.logits(), 3, 3, classes),
          call.in("targets", o.targets(), 3, 3, classes),
          weighted ? call.in("weights", o.weights(), classes) : null,
          call.written("loss", 2),
          gradient ? call.written("dLogits", 3, 3, classes) : null,
          o.scale());
    }
  }

  /** One label and several, logits up to ±10,000. */
  default Stream<SigmoidCase> sigmoidCases() {
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new SigmoidCase(t, 1, false, 2),
                    new SigmoidCase(t, 5, true, 4),
                    new SigmoidCase(t, 3, true, 1e4)));
  }

  /** Soft targets, rows that do not count. */
  @ParameterizedTest
  @MethodSource("sigmoidCases")
  default void sigmoid_lossAndGradientFollowTheFormula(SigmoidCase c) {
    SigmoidOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      backend().loss().sigmoid(c.loss(call, o, true));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** The loss alone; and the gradient where the logits were. */
  @ParameterizedTest
  @MethodSource("sigmoidCases")
  default void sigmoid_theGradientMayBeLeftOutOrReplaceTheLogits(SigmoidCase c) {
    SigmoidOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      SigmoidLoss io = c.loss(call, o, false);
      backend().loss().sigmoid(io);
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
      Tensor inPlace = call.updated("dLogits", o.logits(), 3, 3, c.classes());
      backend()
          .loss()
          .sigmoid(
              new SigmoidLoss(
                  inPlace, io.targets(), io.positiveWeights(), io.loss(), inPlace, io.scale()));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** No division by zero. */
  @ParameterizedTest
  @MethodSource("types")
  default void sigmoid_withoutARowThatCountsLossAndGradientAreZero(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor logits = call.in("logits", new double[] {1, 2, 3, 4}, 2, 2);
      Tensor targets = call.in("targets", new double[] {-1, 1, -1, 0}, 2, 2);
      Tensor loss = call.written("loss", 2);
      Tensor dLogits = call.written("dLogits", 2, 2);
      backend().loss().sigmoid(new SigmoidLoss(logits, targets, null, loss, dLogits, 1));
      assertThat(call.outcome().get("loss")).containsExactly(0, 0);
      assertThat(call.outcome().get("dLogits")).containsOnly(0);
    }
  }

  /** Named with both shapes. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_sigmoidNamesAWrongShape(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor logits = call.in("logits", new double[6], 2, 3);
      Tensor targets = call.in("targets", new double[8], 2, 4);
      Tensor loss = call.written("loss", 2);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> backend().loss().sigmoid(new SigmoidLoss(logits, targets, null, loss, null, 1)))
          .withMessageContaining("[2, 3]")
          .withMessageContaining("[2, 4]");
      assertThat(call.outcome().get("loss")).containsOnly(Double.NaN);
    }
  }
}
