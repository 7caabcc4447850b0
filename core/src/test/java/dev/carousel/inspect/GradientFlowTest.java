package dev.carousel.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.rnn.Cell;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vanishing and exploding gradients, and what gates and clipping do about them. */
class GradientFlowTest {
  private static final int FAR = 100;

  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = Backends.named("reference");
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static GradientFlow flow(Cell cell, double forgetBias, double radius, long seed) {
    return GradientFlow.of(
        new FlowNetwork(cell, forgetBias, radius),
        new FlowSettings(FAR + 1, 32, 1, 1, seed),
        backend);
  }

  private static double far(Cell cell, double forgetBias, double radius, long seed) {
    return flow(cell, forgetBias, radius, seed).top().atDistance(FAR);
  }

  @Test
  void theLossIsTheLastOutputsProductWithAVectorOfLengthOne() {
    for (Cell cell : Cell.values()) {
      assertThat(flow(cell, 0, 1, 1).top().atDistance(0)).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPlainNetworkForgetsWhereAnLstmWithAForgetBiasRemembers(long seed) {
    double plain = far(Cell.RNN_TANH, 0, 1, seed);
    double lstm = far(Cell.LSTM, 5, 1, seed);
    assertThat(plain).isLessThan(1e-8);
    assertThat(lstm).isGreaterThan(1e-3);
    assertThat(lstm / plain).isGreaterThan(1e6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachUnitOfForgetBiasCarriesTheGradientFurther(long seed) {
    double zero = far(Cell.LSTM, 0, 1, seed);
    double one = far(Cell.LSTM, 1, 1, seed);
    double three = far(Cell.LSTM, 3, 1, seed);
    assertThat(one / zero).isGreaterThan(1e3);
    assertThat(three / one).isGreaterThan(1e3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSpectralRadiusBelowOneVanishesAndOneFarAboveExplodes(long seed) {
    assertThat(far(Cell.RNN_RELU, 0, 0.5, seed)).isLessThan(1e-30);
    assertThat(far(Cell.RNN_RELU, 0, 2, seed)).isGreaterThan(1e6);
  }

  @Test
  void clippingBoundsTheUpdateOfAnExplodingGradientAndLeavesSmallOnesAlone() {
    GradientFlow.ClippedStep wild = flow(Cell.RNN_RELU, 0, 2, 1).step();
    assertThat(wild.gradientNorm()).isGreaterThan(1e6);
    assertThat(wild.updateNorm()).isCloseTo(1, within(1e-3));
    GradientFlow.ClippedStep calm =
        GradientFlow.of(
                new FlowNetwork(Cell.LSTM, 1, 1), new FlowSettings(20, 8, 1, 1e3, 1), backend)
            .step();
    assertThat(calm.gradientNorm()).isBetween(1e-3, 1e3);
    assertThat(calm.updateNorm()).isCloseTo(calm.gradientNorm(), within(1e-5));
  }

  @Test
  void anUpdateThatSinglePrecisionCannotHoldIsLeftOut() {
    GradientFlow.ClippedStep step =
        GradientFlow.of(
                new FlowNetwork(Cell.RNN_RELU, 0, 4), new FlowSettings(301, 8, 1, 1, 1), backend)
            .step();
    assertThat(step.gradientNorm()).isNotFinite();
    assertThat(step.updateNorm()).isZero();
  }

  @Test
  void parametersHaveANormALayer() {
    GradientFlow two =
        GradientFlow.of(new FlowNetwork(Cell.GRU, 0, 1), new FlowSettings(12, 8, 2, 1, 1), backend);
    assertThat(two.parameterNorms().keySet()).containsExactlyInAnyOrder("rnn.l0", "rnn.l1");
    double all = Math.hypot(two.parameterNorms().get("rnn.l0"), two.parameterNorms().get("rnn.l1"));
    assertThat(two.step().gradientNorm()).isCloseTo(all, within(1e-5 * all));
    assertThat(two.layers()).extracting(GradientTrace::layer).containsExactly(0, 1);
  }

  @Test
  void settingsThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> new FlowNetwork(Cell.GRU, 1, 1))
        .hasMessageContaining("GRU has no forget gate");
    assertThatThrownBy(() -> new FlowNetwork(Cell.GRU, 0, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new FlowSettings(1, 1, 1, 1, 1))
        .hasMessageContaining("at least 2 steps");
    assertThat(new FlowNetwork(Cell.LSTM, 1, 1)).hasToString("LSTM, forget bias 1");
    assertThat(new FlowNetwork(Cell.RNN_TANH, 0, 1.5)).hasToString("RNN_TANH, radius 1.5");
  }
}
