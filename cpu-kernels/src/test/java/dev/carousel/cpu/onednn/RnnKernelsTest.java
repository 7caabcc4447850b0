package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every implementation of the cpu backend's recurrent layers must do, judged by the equations
 * in double. In one thread where nothing is said about threads.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RnnKernelsTest {
  /** The kernels under test. */
  abstract RnnKernels kernels();

  /** Whether they run a network. */
  abstract boolean runs(RnnSpec spec);

  Stream<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (Direction direction : Direction.values()) {
        for (int layers = 1; layers <= 3; layers++) {
          RnnSpec spec = RnnSpec.of(cell, 5, 7).withLayers(layers).withDirection(direction);
          trials.add(new Trial(spec, 6, new int[] {6, 6}, 1));
          trials.add(new Trial(spec, 6, new int[] {3, 0, 6, 1}, 2));
        }
      }
    }
    RnnSpec projected = RnnSpec.of(Cell.LSTM, 5, 7).withProjection(3).withLayers(2);
    trials.add(new Trial(projected, 6, new int[] {3, 0, 6, 1}, 3));
    RnnSpec bothWays = projected.withDirection(Direction.BIDIRECTIONAL);
    trials.add(new Trial(bothWays, 6, new int[] {3, 0, 6, 1}, 4));
    trials.add(new Trial(RnnSpec.of(Cell.LSTM, 31, 33), 1, new int[] {1}, 5));
    trials.add(
        new Trial(RnnSpec.of(Cell.LSTM, 48, 64), 9, new int[] {9, 2, 7, 0, 9, 4, 1, 8, 3}, 6));
    return trials.stream().filter(t -> runs(t.spec));
  }

  @ParameterizedTest
  @MethodSource("trials")
  void singlePrecisionAgreesWithTheEquationsInDouble(Trial trial) {
    trial.run(kernels(), Pass.TRAINING);
    assertAgrees(trial, 2e-6);
    Trial inference =
        new Trial(trial.spec, trial.steps, trial.lengths, 7).run(kernels(), Pass.INFERENCE);
    assertForwardAgrees(inference, inference.oracle(), 2e-6);
  }

  static void assertAgrees(Trial t, double tolerance) {
    TapeRnn oracle = t.oracle();
    assertForwardAgrees(t, oracle, tolerance);
    oracle.backward(t.dyWithinLengths(), t.dLastH, t.dLastC);
    assertClose("dx", t.dx, oracle.gradients(oracle.x), tolerance);
    assertClose("dWeights", t.dWeights, oracle.gradients(oracle.weights), tolerance);
    assertClose("dInitial.h", t.dh0, oracle.gradients(oracle.h0), tolerance);
    assertClose("dInitial.c", t.dc0, oracle.gradients(oracle.c0), tolerance);
  }

  static void assertForwardAgrees(Trial t, TapeRnn oracle, double tolerance) {
    assertClose("y", t.y, oracle.values(oracle.y), tolerance);
    assertClose("last.h", t.lastH, oracle.values(oracle.lastH), tolerance);
    assertClose("last.c", t.lastC, oracle.values(oracle.lastC), tolerance);
  }

  /** Absolute, in units of the largest number. */
  private static void assertClose(String what, float[] got, double[] want, double tolerance) {
    double largest = 1e-3;
    for (int i = 0; i < got.length; i++) {
      largest = Math.max(largest, Math.abs(want[i]));
    }
    for (int i = 0; i < got.length; i++) {
      assertThat(Math.abs(got[i] - want[i]))
          .as("%s[%d]: %s, not %s", what, i, got[i], want[i])
          .isLessThanOrEqualTo(tolerance * largest);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theCellStatePassesThroughPaddingWithoutLosingABit(Precision precision) {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 16, 24).withPrecision(precision);
    assumeTrue(precision.trains() && runs(spec), "these kernels do not train in it here");
    Trial exact = new Trial(spec, 3, new int[] {3, 3, 3}, 9);
    Trial padded = new Trial(spec, 40, new int[] {3, 3, 3}, 10);
    for (float[][] pair :
        new float[][][] {
          {exact.x, padded.x}, {exact.h0, padded.h0}, {exact.c0, padded.c0},
          {exact.weights, padded.weights}, {exact.dy, padded.dy}, {exact.dLastH, padded.dLastH},
          {exact.dLastC, padded.dLastC}
        }) {
      System.arraycopy(pair[0], 0, pair[1], 0, pair[0].length);
    }
    exact.run(kernels(), Pass.TRAINING);
    padded.run(kernels(), Pass.TRAINING);
    assertThat(padded.lastC).isEqualTo(exact.lastC);
    assertThat(padded.lastH).isEqualTo(exact.lastH);
    assertThat(padded.dc0).isEqualTo(exact.dc0);
    assertThat(padded.dh0).isEqualTo(exact.dh0);
  }

  @Test
  void aRectifiedCellDoesNotGrowAlongThePadding() {
    RnnSpec spec = RnnSpec.of(Cell.RNN_RELU, 3, 8);
    Trial t = new Trial(spec, 400, new int[] {2, 400}, 11);
    for (int i = 0; i < t.weights.length; i++) {
      t.weights[i] = Math.abs(t.weights[i]); // grows by a factor of about two a step
    }
    t.lengths[1] = 2;
    t.run(kernels(), Pass.TRAINING);
    for (float v : t.everything()) {
      assertThat(v).isFinite();
    }
  }

  @Test
  void weightsArePackedForPlansMadeBeforeAndAfterAndAreReadAgainOnRefresh() {
    RnnSpec spec = RnnSpec.of(Cell.GRU, 4, 6).withLayers(2);
    Trial t = new Trial(spec, 5, new int[] {5, 2}, 12);
    try (RnnPlan before = kernels().plan(spec, 5, 2, Pass.INFERENCE);
        RnnWeights packed = kernels().pack(spec, Tensor.of(t.weights, t.weights.length));
        RnnPlan after = kernels().plan(spec, 5, 2, Pass.TRAINING)) {
      assertForwardAgrees(t.run(before, packed), t.oracle(), 2e-6);
      t.run(after, packed);
      assertAgrees(t, 2e-6);
      for (int i = 0; i < t.weights.length; i++) {
        t.weights[i] = -t.weights[i] / 2;
      }
      packed.refresh();
      assertForwardAgrees(t.run(before, packed), t.oracle(), 2e-6);
    }
  }

  @Test
  void r04_gradientsOfWeightsAreAddedToWhatIsThere() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 4, 6);
    Trial once = new Trial(spec, 5, new int[] {5, 2}, 13).run(kernels(), Pass.TRAINING);
    Trial twice = new Trial(spec, 5, new int[] {5, 2}, 13);
    twice.run(kernels(), Pass.TRAINING).run(kernels(), Pass.TRAINING);
    for (int i = 0; i < once.dWeights.length; i++) {
      assertThat(twice.dWeights[i]).isEqualTo(2 * once.dWeights[i]);
    }
  }

  @Test
  void scratchOfAnotherBackendIsRefused() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 4, 6);
    Trial t = new Trial(spec, 2, new int[] {2}, 14);
    try (RnnPlan plan = kernels().plan(spec, 2, 1, Pass.INFERENCE);
        RnnWeights packed = kernels().pack(spec, Tensor.of(t.weights, t.weights.length))) {
      Tensor foreign = Tensor.of(new ForeignScratch(plan.workBytes()));
      assertThatThrownBy(() -> plan.forward(t.forward(plan, packed, foreign, foreign)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("work must be scratch of the cpu backend, not a ForeignScratch");
    }
  }

  private record ForeignScratch(long size) implements dev.carousel.tensor.Storage {
    @Override
    public dev.carousel.tensor.DType type() {
      return dev.carousel.tensor.DType.BYTE;
    }

    @Override
    public void close() {}
  }
}
