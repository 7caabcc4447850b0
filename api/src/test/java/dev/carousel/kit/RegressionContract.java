package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.oracle.RegressionOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.Penalty;
import dev.carousel.spi.RegressionLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of real-valued predictions. */
public interface RegressionContract extends BackendContract {
  /** One loss over [5, 3, 7] predictions, some of which do not count. */
  record RegressionCase(DType type, Penalty penalty) {
    RegressionOracle oracle() {
      RandomValues random = new RandomValues(71);
      double[] targets = random.uniform(105, 2);
      targets[0] = Double.NaN;
      targets[50] = Double.NaN;
      return new RegressionOracle(random.uniform(105, 2), targets, penalty, 0.25);
    }
  }

  /** Every penalty. */
  default Stream<RegressionCase> regressionCases() {
    return types()
        .flatMap(
            t ->
                Stream.of(Penalty.SQUARED, Penalty.ABSOLUTE, Penalty.huber(0.75), Penalty.huber(5))
                    .map(p -> new RegressionCase(t, p)));
  }

  /** Alone, with its gradient, and with the gradient where the predictions were. */
  @ParameterizedTest
  @MethodSource("regressionCases")
  default void regression_lossAndGradientFollowTheFormula(RegressionCase c) {
    RegressionOracle o = c.oracle();
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor y = call.in("predictions", o.predictions(), 5, 3, 7);
      Tensor t = call.in("targets", o.targets(), 5, 3, 7);
      Tensor loss = call.written("loss", 2);
      backend().loss().regression(new RegressionLoss(y, t, c.penalty(), loss, null, o.scale()));
      assertClose("alone " + c, call.outcome(), o.outcome(), tolerance(c.type()));
      Tensor d = call.written("dPredictions", 5, 3, 7);
      backend().loss().regression(new RegressionLoss(y, t, c.penalty(), loss, d, o.scale()));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor both = call.updated("dPredictions", o.predictions(), 5, 3, 7);
      Tensor t = call.in("targets", o.targets(), 5, 3, 7);
      Tensor loss = call.written("loss", 2);
      backend().loss().regression(new RegressionLoss(both, t, c.penalty(), loss, both, o.scale()));
      assertClose("in place " + c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** No division by zero. */
  @ParameterizedTest
  @MethodSource("types")
  default void regression_withoutAnElementThatCountsLossAndGradientAreZero(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor y = call.in("predictions", new double[] {1, 2}, 2);
      Tensor t = call.in("targets", new double[] {Double.NaN, Double.NaN}, 2);
      Tensor loss = call.written("loss", 2);
      Tensor d = call.written("dPredictions", 2);
      backend().loss().regression(new RegressionLoss(y, t, Penalty.SQUARED, loss, d, 1));
      assertThat(call.outcome().get("loss")).containsExactly(0, 0);
      assertThat(call.outcome().get("dPredictions")).containsOnly(0);
    }
  }

  /** Named with both shapes. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_regressionNamesAWrongShape(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor y = call.in("predictions", new double[6], 2, 3);
      Tensor t = call.in("targets", new double[6], 3, 2);
      Tensor loss = call.written("loss", 2);
      RegressionLoss io = new RegressionLoss(y, t, Penalty.SQUARED, loss, null, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().loss().regression(io))
          .withMessageContaining("[2, 3]")
          .withMessageContaining("[3, 2]");
      assertThat(call.outcome().get("loss")).containsOnly(Double.NaN);
    }
  }
}
