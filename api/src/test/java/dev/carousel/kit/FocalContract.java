package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.oracle.FocalOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.SigmoidLoss;
import dev.carousel.spi.SoftmaxLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Focal losses. */
public interface FocalContract extends BackendContract {
  /** One loss over [6, C] logits. */
  record FocalCase(DType type, int classes, boolean weighted, double focus, double magnitude) {
    FocalOracle oracle() {
      double[] weights = new double[classes];
      Arrays.setAll(weights, i -> weighted ? 0.5 + i : 1);
      double[] logits = new RandomValues(61).uniform(6 * classes, magnitude);
      return new FocalOracle(logits, weights, focus, 0.5);
    }

    int[] gold() {
      return new RandomValues(62).integers(6, -1, classes - 1);
    }

    /** Row 2 does not count. */
    double[] targets() {
      double[] targets = new RandomValues(63).between(6 * classes, 0, 1);
      targets[2 * classes] = -1;
      return targets;
    }

    SoftmaxLoss softmax(KernelCall call, Tensor logits, Tensor dLogits) {
      return new SoftmaxLoss(
          logits,
          call.in("gold", gold(), 6),
          weights(call),
          0,
          call.written("loss", 2),
          dLogits,
          0.5);
    }

    SigmoidLoss sigmoid(KernelCall call, Tensor logits, Tensor dLogits) {
      return new SigmoidLoss(
          logits,
          call.in("targets", targets(), 6, classes),
          weights(call),
          call.written("loss", 2),
          dLogits,
          0.5);
    }

    private Tensor weights(KernelCall call) {
      return weighted ? call.in("weights", oracle().weights(), classes) : null;
    }
  }

  /** Without focus, below 1 and above, logits up to ±30, where 1 − p all but vanishes. */
  default Stream<FocalCase> focalCases() {
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new FocalCase(t, 2, false, 2, 3),
                    new FocalCase(t, 5, true, 0.5, 4),
                    new FocalCase(t, 7, true, 0, 2),
                    new FocalCase(t, 33, false, 1, 5),
                    new FocalCase(t, 3, true, 2, 30)));
  }

  /** The loss and its gradient; in place too. */
  @ParameterizedTest
  @MethodSource("focalCases")
  default void focal_lossOfClassesFollowsTheFormula(FocalCase c) {
    FocalOracle o = c.oracle();
    Outcome want = o.softmax(c.gold());
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor logits = call.in("logits", o.logits(), 6, c.classes());
      Tensor d = call.written("dLogits", 6, c.classes());
      backend().loss().focalSoftmax(c.softmax(call, logits, d), c.focus());
      assertClose(c, call.outcome(), want, tolerance(c.type()));
    }
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor both = call.updated("dLogits", o.logits(), 6, c.classes());
      backend().loss().focalSoftmax(c.softmax(call, both, both), c.focus());
      assertClose("in place " + c, call.outcome(), want, tolerance(c.type()));
    }
  }

  /** Likewise. */
  @ParameterizedTest
  @MethodSource("focalCases")
  default void focal_lossOfIndependentLabelsFollowsTheFormula(FocalCase c) {
    FocalOracle o = c.oracle();
    Outcome want = o.sigmoid(c.targets());
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor logits = call.in("logits", o.logits(), 6, c.classes());
      Tensor d = call.written("dLogits", 6, c.classes());
      backend().loss().focalSigmoid(c.sigmoid(call, logits, d), c.focus());
      assertClose(c, call.outcome(), want, tolerance(c.type()));
    }
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor both = call.updated("dLogits", o.logits(), 6, c.classes());
      backend().loss().focalSigmoid(c.sigmoid(call, both, both), c.focus());
      assertClose("in place " + c, call.outcome(), want, tolerance(c.type()));
    }
  }

  /** No division by what vanishes, in one class as in many. */
  @ParameterizedTest
  @MethodSource("types")
  default void focal_certaintyCostsNothingAndErrorCostsItsLogarithm(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor logits = call.in("logits", new double[] {1e4, -1e4, -1e4, 1e4}, 2, 2);
      Tensor gold = call.in("gold", new int[] {0, 0}, 2);
      Tensor loss = call.written("loss", 2);
      Tensor d = call.written("dLogits", 2, 2);
      backend().loss().focalSoftmax(new SoftmaxLoss(logits, gold, null, 0, loss, d, 2), 0.5);
      assertThat(call.outcome().get("loss")).containsExactly(2e4, 2);
      assertThat(call.outcome().get("dLogits")).containsExactly(0, 0, -1, 1);
    }
  }

  /** What would be ignored, and a focus below 0. */
  @ParameterizedTest
  @MethodSource("types")
  default void focal_smoothingAndANegativeFocusAreRefused(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor logits = call.in("logits", new double[4], 2, 2);
      Tensor gold = call.in("gold", new int[2], 2);
      Tensor loss = call.written("loss", 2);
      SoftmaxLoss smooth = new SoftmaxLoss(logits, gold, null, 0.1, loss, null, 1);
      SoftmaxLoss plain = new SoftmaxLoss(logits, gold, null, 0, loss, null, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().loss().focalSoftmax(smooth, 2))
          .withMessageContaining("smoothing")
          .withMessageContaining("0.1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().loss().focalSoftmax(plain, -1))
          .withMessageContaining("-1");
      assertThat(call.outcome().get("loss")).containsOnly(Double.NaN);
    }
  }
}
