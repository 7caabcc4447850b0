package dev.carousel.kit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnCases;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RnnOracleTest {
  static Stream<RnnCase> smallCases() {
    return RnnCases.kinds(2, 3, Precision.F64).stream()
        .map(spec -> spec.withLayers(2).withDirection(Direction.BIDIRECTIONAL))
        .flatMap(spec -> Stream.of(LengthPattern.values()).map(p -> RnnCase.of(spec, 3, 2, p, 7)));
  }

  /** Each input is moved a little both ways; the loss is what the case's gradients are of. */
  @ParameterizedTest
  @MethodSource("smallCases")
  void gradientsAreDifferenceQuotients(RnnCase c) {
    RnnData data = RnnData.of(c);
    Outcome all = RnnOracle.of(c, data);
    Map<String, double[]> inputs =
        Map.of("dx", data.x(), "dWeights", data.weights(), "dInitial.h", data.h0());
    inputs.forEach((name, values) -> assertQuotients(c, data, values, all.get(name)));
    if (c.spec().cell().hasCellState()) {
      assertQuotients(c, data, data.c0(), all.get("dInitial.c"));
    }
  }

  private static void assertQuotients(RnnCase c, RnnData data, double[] input, double[] gradient) {
    double step = 1e-5;
    for (int i = 0; i < input.length; i++) {
      double there = input[i];
      input[i] = there + step;
      double up = loss(c, data);
      input[i] = there - step;
      double down = loss(c, data);
      input[i] = there;
      assertThat(gradient[i]).as("element %d", i).isCloseTo((up - down) / (2 * step), within(1e-8));
    }
  }

  private static double loss(RnnCase c, RnnData data) {
    Outcome o = RnnOracle.of(c, data);
    double[] y = o.get("y");
    double loss = 0;
    for (int i = 0; i < y.length; i++) {
      loss += y[i] == 0 ? 0 : y[i] * data.dy()[i];
    }
    loss += dot(o.get("last.h"), data.dLastH());
    return c.spec().cell().hasCellState() ? loss + dot(o.get("last.c"), data.dLastC()) : loss;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void anLstmStepOfOneUnitIsWhatPaperAndPencilGive() {
    // W = .1 .2 .3 .4, U = .5 .6 .7 .8, b = .01 .02 .03 .04, b' = .05 .06 .07 .08
    double i = sigmoid(0.1 * 2 + 0.01 + 0.5 * 0.5 + 0.05);
    double f = sigmoid(0.2 * 2 + 0.02 + 0.6 * 0.5 + 0.06);
    double g = Math.tanh(0.3 * 2 + 0.03 + 0.7 * 0.5 + 0.07);
    double o = sigmoid(0.4 * 2 + 0.04 + 0.8 * 0.5 + 0.08);
    double cell = f * -0.25 + i * g;
    Outcome got =
        step(
            Cell.LSTM, -0.25, .1, .2, .3, .4, .5, .6, .7, .8, .01, .02, .03, .04, .05, .06, .07,
            .08);
    assertThat(got.get("last.c")[0]).isCloseTo(cell, within(1e-15));
    assertThat(got.get("last.h")[0]).isCloseTo(o * Math.tanh(cell), within(1e-15));
  }

  @Test
  void aGruStepOfOneUnitResetsAfterTheProductAndItsBias() {
    double r = sigmoid(0.1 * 2 + 0.01 + 0.4 * 0.5 + 0.04);
    double z = sigmoid(0.2 * 2 + 0.02 + 0.5 * 0.5 + 0.05);
    double n = Math.tanh(0.3 * 2 + 0.03 + r * (0.6 * 0.5 + 0.06));
    Outcome got = step(Cell.GRU, 0, .1, .2, .3, .4, .5, .6, .01, .02, .03, .04, .05, .06);
    assertThat(got.get("y")[0]).isCloseTo((1 - z) * n + z * 0.5, within(1e-15));
  }

  @Test
  void aGruOfTheFirstVersionResetsBeforeTheProduct() {
    double r = sigmoid(0.1 * 2 + 0.01 + 0.4 * 0.5 + 0.04);
    double z = sigmoid(0.2 * 2 + 0.02 + 0.5 * 0.5 + 0.05);
    double n = Math.tanh(0.3 * 2 + 0.03 + 0.6 * (r * 0.5) + 0.06);
    Outcome got =
        step(Cell.GRU_RESET_BEFORE, 0, .1, .2, .3, .4, .5, .6, .01, .02, .03, .04, .05, .06);
    assertThat(got.get("y")[0]).isCloseTo((1 - z) * n + z * 0.5, within(1e-15));
  }

  @Test
  void elmansStepsAreTanhAndRelu() {
    double a = 0.1 * 2 + 0.4 * 0.5 + 0.01 + 0.04;
    assertThat(step(Cell.RNN_TANH, 0, .1, .4, .01, .04).get("y")[0])
        .isCloseTo(Math.tanh(a), within(1e-15));
    assertThat(step(Cell.RNN_RELU, 0, .1, .4, .01, .04).get("y")[0]).isCloseTo(a, within(1e-15));
    assertThat(step(Cell.RNN_RELU, 0, -.1, -.4, .01, .04).get("y")[0]).isZero();
  }

  /** One unit, one step, x = 2 and h = 0.5 before it. */
  private static Outcome step(Cell cell, double c0, double... weights) {
    RnnSpec spec = RnnSpec.of(cell, 1, 1).withPrecision(Precision.F64);
    RnnCase c = RnnCase.of(spec, 1, 1, LengthPattern.FULL, 0);
    double[] cellState = cell.hasCellState() ? new double[] {c0} : new double[0];
    double[] none = new double[cellState.length];
    return RnnOracle.of(
        c,
        new RnnData(
            1,
            null,
            new double[] {2},
            weights,
            new double[] {0.5},
            cellState,
            new double[1],
            new double[1],
            none));
  }

  private static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }
}
