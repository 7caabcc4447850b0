package dev.carousel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OneDnnRnnTest {
  private static final Engine ENGINE = new Engine(ThreadCount.of(0));
  private static final CpuFeatures CPU = CpuFeatures.detect();
  private static final OneDnnRnnKernels KERNELS = new OneDnnRnnKernels(ENGINE, CPU);

  @AfterAll
  static void close() {
    KERNELS.close();
    ENGINE.close();
  }

  static Stream<Trial> trials() {
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
    return trials.stream();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void singlePrecisionAgreesWithTheEquationsInDouble(Trial trial) {
    trial.run(KERNELS, Pass.TRAINING);
    assertAgrees(trial, 2e-6);
    Trial inference =
        new Trial(trial.spec, trial.steps, trial.lengths, 7).run(KERNELS, Pass.INFERENCE);
    assertForwardAgrees(inference, inference.oracle(), 2e-6);
  }

  static Stream<Trial> smoothTrials() {
    return trials()
        .filter(t -> t.spec.cell() != Cell.RNN_RELU && t.spec.projectionSize() == 0)
        .map(t -> new Trial(t.spec.withPrecision(Precision.BF16), t.steps, t.lengths, 8));
  }

  /** Seven significant bits, a few dozen roundings; no rectifier, which jumps where they differ. */
  @ParameterizedTest
  @MethodSource("smoothTrials")
  void bfloat16AgreesWithTheEquationsToItsOwnPrecision(Trial trial) {
    assumeTrue(CPU.hasBfloat16(), "the processor has no bfloat16");
    assertAgrees(trial.run(KERNELS, Pass.TRAINING), 2e-2);
  }

  private static void assertAgrees(Trial t, double tolerance) {
    TapeRnn oracle = t.oracle();
    assertForwardAgrees(t, oracle, tolerance);
    oracle.backward(t.dyWithinLengths(), t.dLastH, t.dLastC);
    assertClose("dx", t.dx, oracle.gradients(oracle.x), tolerance);
    assertClose("dWeights", t.dWeights, oracle.gradients(oracle.weights), tolerance);
    assertClose("dInitial.h", t.dh0, oracle.gradients(oracle.h0), tolerance);
    assertClose("dInitial.c", t.dc0, oracle.gradients(oracle.c0), tolerance);
  }

  private static void assertForwardAgrees(Trial t, TapeRnn oracle, double tolerance) {
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
    assumeTrue(runs(precision), "not a precision of this processor");
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 16, 24).withPrecision(precision);
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
    exact.run(KERNELS, Pass.TRAINING);
    padded.run(KERNELS, Pass.TRAINING);
    assertThat(padded.lastC).isEqualTo(exact.lastC);
    assertThat(padded.lastH).isEqualTo(exact.lastH);
    assertThat(padded.dc0).isEqualTo(exact.dc0);
    assertThat(padded.dh0).isEqualTo(exact.dh0);
  }

  private static boolean runs(Precision p) {
    return p == Precision.F32 || (p == Precision.BF16 && CPU.hasBfloat16());
  }

  @Test
  void aRectifiedCellDoesNotGrowAlongThePadding() {
    RnnSpec spec = RnnSpec.of(Cell.RNN_RELU, 3, 8);
    Trial t = new Trial(spec, 400, new int[] {2, 400}, 11);
    for (int i = 0; i < t.weights.length; i++) {
      t.weights[i] = Math.abs(t.weights[i]); // grows by a factor of about two a step
    }
    t.lengths[1] = 2;
    t.run(KERNELS, Pass.TRAINING);
    for (float v : t.everything()) {
      assertThat(v).isFinite();
    }
  }

  @Test
  void weightsArePackedForPlansMadeBeforeAndAfterAndAreReadAgainOnRefresh() {
    RnnSpec spec = RnnSpec.of(Cell.GRU, 4, 6).withLayers(2);
    Trial t = new Trial(spec, 5, new int[] {5, 2}, 12);
    try (RnnPlan before = KERNELS.plan(spec, 5, 2, Pass.INFERENCE);
        RnnWeights packed = KERNELS.pack(spec, Tensor.of(t.weights, t.weights.length));
        RnnPlan after = KERNELS.plan(spec, 5, 2, Pass.TRAINING)) {
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
    Trial once = new Trial(spec, 5, new int[] {5, 2}, 13).run(KERNELS, Pass.TRAINING);
    Trial twice = new Trial(spec, 5, new int[] {5, 2}, 13);
    twice.run(KERNELS, Pass.TRAINING).run(KERNELS, Pass.TRAINING);
    for (int i = 0; i < once.dWeights.length; i++) {
      assertThat(twice.dWeights[i]).isEqualTo(2 * once.dWeights[i]);
    }
  }

  @Test
  void r09_otherPrecisionsAreRefusedWithAReason() {
    RnnSpec half = RnnSpec.of(Cell.LSTM, 4, 6).withPrecision(Precision.F16);
    assertThatThrownBy(() -> KERNELS.plan(half, 5, 2, Pass.INFERENCE))
        .isInstanceOf(UnsupportedSpecException.class)
        .hasMessageContaining("F32 or BF16, not F16");
  }

  @Test
  void r09_aProcessorWithoutBfloat16RefusesIt() {
    CpuFeatures old = new CpuFeatures(org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2);
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 4, 6).withPrecision(Precision.BF16);
    try (OneDnnRnnKernels kernels = new OneDnnRnnKernels(ENGINE, old)) {
      assertThatThrownBy(() -> kernels.plan(spec, 5, 2, Pass.INFERENCE))
          .isInstanceOf(UnsupportedSpecException.class)
          .hasMessageContaining("this one has AVX2");
    }
  }

  @Test
  void scratchOfAnotherBackendIsRefused() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 4, 6);
    Trial t = new Trial(spec, 2, new int[] {2}, 14);
    try (RnnPlan plan = KERNELS.plan(spec, 2, 1, Pass.INFERENCE);
        RnnWeights packed = KERNELS.pack(spec, Tensor.of(t.weights, t.weights.length))) {
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
