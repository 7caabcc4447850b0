package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.spi.Penalty;
import dev.carousel.tensor.Tensor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Focal losses, and losses of real-valued predictions. */
class LossesTest {
  private static final int ROWS = 4;

  private final ParameterSet.Builder set = ParameterSet.builder();
  private final LinearParameter layer = set.declareLinear("layer", 3, 5, Init.xavier());

  private static Var scores(Ops ops, LinearParameter layer) {
    return ops.linear(ops.constant(Data.uniform(1, ROWS, 3)), layer);
  }

  private void check(Function<Ops, Tensor> loss) {
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(rig, ops -> Objective.of(loss.apply(ops)));
    }
  }

  private static LossOptions focal(double gamma) {
    return new LossOptions(Tensor.of(new float[] {1, 2, 0.5f, 3, 1}, 5), 0, 1).withFocus(gamma);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2})
  void focalLossesHaveTheirGradients(double gamma) {
    Tensor gold = Tensor.of(new int[] {0, 4, -1, 2}, ROWS);
    check(ops -> ops.softmaxLoss(scores(ops, layer), gold, focal(gamma)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2})
  void focalLossesOfLabelsHaveTheirGradients(double gamma) {
    float[] targets = new float[ROWS * 5];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = i % 3 / 2f;
    }
    targets[10] = -1;
    check(ops -> ops.sigmoidLoss(scores(ops, layer), Tensor.of(targets, ROWS, 5), focal(gamma)));
  }

  static Stream<Penalty> penalties() {
    return Stream.of(Penalty.SQUARED, Penalty.huber(0.4), Penalty.huber(10));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void lossesOfPredictionsHaveTheirGradients(Penalty penalty) {
    float[] targets = Data.floats(Data.uniform(3, ROWS, 5));
    targets[7] = Float.NaN;
    try (Rig rig = Rig.of(set)) {
      Objective objective =
          ops ->
              Objective.of(
                  ops.regressionLoss(scores(ops, layer), Tensor.of(targets, ROWS, 5), penalty, 1));
      if (penalty.kind() == Penalty.Kind.HUBER) {
        GradientCheck.checkKinked(rig, objective);
      } else {
        GradientCheck.check(rig, objective);
      }
    }
  }

  @Test
  void theFocalLossOfTwoClassesIsTheHandComputedOne() {
    try (Rig rig = Rig.of(set)) {
      Ops ops = rig.begin();
      // p = 1/4: −(3/4)² log(1/4)
      Var z = ops.constant(Tensor.of(new float[] {0, (float) Math.log(3)}, 1, 2));
      Tensor gold = Tensor.of(new int[] {0}, 1);
      float[] loss = Data.floats(ops.softmaxLoss(z, gold, LossOptions.PLAIN.withFocus(2)));
      assertThat(loss[0]).isCloseTo((float) (9.0 / 16 * Math.log(4)), within(1e-6f));
      // σ(log 3) = 3/4: −(1/4)² log(3/4)
      Var x = ops.constant(Tensor.of(new float[] {(float) Math.log(3)}, 1, 1));
      Tensor yes = Tensor.of(new float[] {1}, 1, 1);
      float[] ofLabel = Data.floats(ops.sigmoidLoss(x, yes, LossOptions.PLAIN.withFocus(2)));
      assertThat(ofLabel[0]).isCloseTo((float) (-Math.log(0.75) / 16), within(1e-7f));
    }
  }

  @Test
  void theLossesOfThreeErrorsAreTheHandComputedOnes() {
    try (Rig rig = Rig.of(set)) {
      Ops ops = rig.begin();
      Var y = ops.constant(Tensor.of(new float[] {1, 2, 3, 9}, 4));
      Tensor t = Tensor.of(new float[] {1.5f, 2, 0, Float.NaN}, 4);
      assertThat(Data.floats(ops.regressionLoss(y, t, Penalty.SQUARED, 1))).contains(9.25f, 3);
      assertThat(Data.floats(ops.regressionLoss(y, t, Penalty.ABSOLUTE, 1))).contains(3.5f, 3);
      // 0.125 within the corner, 1 (3 − 1/2) beyond it
      assertThat(Data.floats(ops.regressionLoss(y, t, Penalty.huber(1), 1))).contains(2.625f, 3);
    }
  }

  @Test
  void whatWouldBeIgnoredIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LossOptions(null, 0.1, 1).withFocus(2))
        .withMessageContaining("smoothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LossOptions.PLAIN.withFocus(-1))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Penalty.huber(0))
        .withMessageContaining("delta");
  }
}
