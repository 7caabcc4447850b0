package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.oracle.SoftmaxOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Softmax cross entropy and probabilities. */
public interface SoftmaxContract extends BackendContract {
  /** One loss over [2, M/2, C] logits. */
  record SoftmaxCase(
      DType type, int rows, int classes, boolean weighted, double smoothing, double magnitude) {
    SoftmaxOracle oracle(int leastGold) {
      RandomValues random = new RandomValues(31);
      double[] logits = random.uniform(rows * classes, magnitude);
      double[] ones = new double[classes];
      Arrays.fill(ones, 1);
      double[] weights = weighted ? new RandomValues(32).awayFromZero(classes, 0.2, 2) : ones;
      Arrays.setAll(weights, i -> Math.abs(weights[i]));
      int most = leastGold < -1 ? -1 : classes - 1;
      return new SoftmaxOracle(
          logits, random.integers(rows, leastGold, most), weights, smoothing, 0.5);
    }

    SoftmaxLoss loss(KernelCall call, SoftmaxOracle o, boolean gradient) {
      return new SoftmaxLoss(
          call.in("logits", o.logits(), 2, rows / 2, classes),
          call.in("gold", o.gold(), 2, rows / 2),
          weighted ? call.in("weights", o.weights(), classes) : null,
          smoothing,
          call.written("loss", 2),
          gradient ? call.written("dLogits", 2, rows / 2, classes) : null,
          o.scale());
    }
  }

  /** Weights and smoothing alone and together, two classes and many, logits up to ±10,000. */
  default Stream<SoftmaxCase> softmaxCases() {
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new SoftmaxCase(t, 6, 2, false, 0, 1),
                    new SoftmaxCase(t, 14, 5, true, 0, 3),
                    new SoftmaxCase(t, 10, 7, false, 0.1, 3),
                    new SoftmaxCase(t, 10, 33, true, 0.3, 5),
                    new SoftmaxCase(t, 10, 5, true, 0.1, 1e4)));
  }

  /** Rows whose gold label is negative do not count. */
  @ParameterizedTest
  @MethodSource("softmaxCases")
  default void softmax_lossAndGradientFollowTheFormula(SoftmaxCase c) {
    SoftmaxOracle o = c.oracle(-1);
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      backend().loss().softmax(c.loss(call, o, true));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** The loss alone; and the gradient where the logits were. */
  @ParameterizedTest
  @MethodSource("softmaxCases")
  default void softmax_theGradientMayBeLeftOutOrReplaceTheLogits(SoftmaxCase c) {
    SoftmaxOracle o = c.oracle(-1);
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      backend().loss().softmax(c.loss(call, o, false));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      SoftmaxLoss io = c.loss(call, o, false);
      Tensor inPlace = call.updated("dLogits", o.logits(), 2, c.rows() / 2, c.classes());
      backend()
          .loss()
          .softmax(
              new SoftmaxLoss(
                  inPlace,
                  io.gold(),
                  io.classWeights(),
                  c.smoothing(),
                  io.loss(),
                  inPlace,
                  io.scale()));
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** A batch of nothing but padding: no division by zero. */
  @ParameterizedTest
  @MethodSource("softmaxCases")
  default void softmax_withoutARowThatCountsLossAndGradientAreZero(SoftmaxCase c) {
    SoftmaxOracle o = c.oracle(-3);
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      backend().loss().softmax(c.loss(call, o, true));
      assertThat(call.outcome().get("loss")).containsExactly(0, 0);
      assertThat(call.outcome().get("dLogits")).containsOnly(0);
    }
  }

  /** In a tensor of their own and where the logits were. */
  @ParameterizedTest
  @MethodSource("softmaxCases")
  default void softmax_probabilitiesAreThoseOfTheLoss(SoftmaxCase c) {
    SoftmaxOracle o = c.oracle(0);
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor logits = call.in("logits", o.logits(), 2, c.rows() / 2, c.classes());
      Tensor out = call.written("probabilities", 2, c.rows() / 2, c.classes());
      backend().loss().probabilities(logits, out);
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor inPlace = call.updated("probabilities", o.logits(), 2, c.rows() / 2, c.classes());
      backend().loss().probabilities(inPlace, inPlace);
      assertClose(c, call.outcome(), o.outcome(), tolerance(c.type()));
    }
  }

  /** Named with both shapes. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_softmaxNamesAWrongShape(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor logits = call.in("logits", new double[24], 2, 4, 3);
      Tensor gold = call.in("gold", new int[6], 2, 3);
      Tensor right = call.in("right", new int[8], 2, 4);
      Tensor loss = call.written("loss", 2);
      Tensor wide = call.written("wide", 2, 4, 4);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> backend().loss().softmax(new SoftmaxLoss(logits, gold, null, 0, loss, null, 1)))
          .withMessageContaining("[2, 4]")
          .withMessageContaining("[2, 3]");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  backend().loss().softmax(new SoftmaxLoss(logits, right, null, 0, loss, wide, 1)))
          .withMessageContaining("[2, 4, 3]")
          .withMessageContaining("[2, 4, 4]");
      assertThat(call.outcome().get("loss")).containsOnly(Double.NaN);
    }
  }
}
