package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.cpu.fused.FusedKernels.InstructionSet;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.UnsupportedSpecException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own kernels with products of integers, and single precision beside them. */
class FusedInt8RnnTest extends RnnKernelsTest {
  private static final InstructionSet INSTRUCTIONS = InstructionSet.AVX512_VNNI;

  /** Half a step of 1/127 in each operand, over a dozen steps of a network with large weights. */
  private static final double TOLERANCE = 5e-2;

  private FusedKernels fused;

  @BeforeAll
  void open() {
    assumeTrue(FusedKernels.refusal() == null, "no kernels of our own: " + FusedKernels.refusal());
    fused = FusedKernels.open(INSTRUCTIONS, 1);
    assumeTrue(fused.precisions().contains(Precision.INT8), "no AVX512_VNNI on this processor");
  }

  @AfterAll
  void close() {
    if (fused != null) {
      fused.close();
    }
  }

  @Override
  RnnKernels kernels() {
    return fused.rnn();
  }

  @Override
  boolean runs(RnnSpec spec) {
    return fused.runs(spec);
  }

  private static RnnSpec integers(RnnSpec spec) {
    return spec.withPrecision(Precision.INT8);
  }

  /** No plain recurrence, which is chaotic with such weights. */
  Stream<Trial> gatedTrials() {
    return Stream.concat(trials(), FusedRnnTest.edges())
        .filter(t -> t.spec.cell() == Cell.LSTM || t.spec.cell() == Cell.GRU)
        .map(t -> new Trial(integers(t.spec), t.steps, t.lengths, 8));
  }

  @ParameterizedTest
  @MethodSource("gatedTrials")
  void integersAgreeWithTheEquationsToTheirOwnPrecision(Trial trial) {
    assertForwardAgrees(trial.run(kernels(), Pass.INFERENCE), trial.oracle(), TOLERANCE);
  }

  /** Sums of integers are exact, and everything else is in single precision. */
  @Test
  void aStepWhoseOperandsIntegersHoldIsAsExactAsInSinglePrecision() {
    SplittableRandom random = new SplittableRandom(61);
    for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_TANH, Cell.RNN_RELU)) {
      for (int units : new int[] {1, 3, 15, 16, 17, 33, 50}) {
        int inputs = 52 - units;
        RnnSpec spec = integers(RnnSpec.of(cell, inputs, units));
        Trial t = new Trial(spec, 1, new int[] {1, 1, 0, 1, 1, 1, 1, 1, 1}, units);
        int rows = spec.gateRows();
        keepIntegers(t.weights, 0, rows, inputs, random);
        keepIntegers(t.weights, rows * inputs, rows, units, random);
        keepIntegers(t.x, 0, t.lengths.length, inputs, random);
        keepIntegers(t.h0, 0, t.lengths.length, units, random);
        assertForwardAgrees(t.run(kernels(), Pass.INFERENCE), t.oracle(), 2e-6);
      }
    }
  }

  /** Multiples of 1/64 up to 127/64, which one number of each row reaches. */
  private static void keepIntegers(
      float[] a, int at, int rows, int width, SplittableRandom random) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < width; i++) {
        a[at + r * width + i] = random.nextInt(-127, 128) / 64f;
      }
      a[at + r * width + random.nextInt(width)] = (random.nextBoolean() ? 127 : -127) / 64f;
    }
  }

  @Test
  void rowsOfZerosLeaveTheBiases() {
    RnnSpec spec = integers(RnnSpec.of(Cell.LSTM, 5, 18));
    Trial t = new Trial(spec, 3, new int[] {3, 2}, 62);
    Arrays.fill(t.x, 0);
    Arrays.fill(t.weights, spec.gateRows() * 5, spec.gateRows() * (5 + 18), 0);
    assertForwardAgrees(t.run(kernels(), Pass.INFERENCE), t.oracle(), 2e-6);
  }

  @Test
  void r10_theNumberOfThreadsDoesNotChangeABit() {
    for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_RELU)) {
      for (Direction direction : Direction.values()) {
        RnnSpec spec = integers(RnnSpec.of(cell, 140, 90).withLayers(2).withDirection(direction));
        int[] lengths = {12, 3, 0, 12, 7, 9, 1, 12, 12, 5};
        float[] alone =
            new Trial(spec, 12, lengths, 31).run(kernels(), Pass.INFERENCE).everything();
        for (int threads : new int[] {2, 3, 5}) {
          try (FusedKernels more = FusedKernels.open(INSTRUCTIONS, threads)) {
            Trial shared = new Trial(spec, 12, lengths, 31).run(more.rnn(), Pass.INFERENCE);
            assertThat(shared.everything()).as("%d threads, %s", threads, spec).isEqualTo(alone);
          }
        }
      }
    }
  }

  @Test
  void aStateThatIsNotANumberShows() {
    Trial t = new Trial(integers(RnnSpec.of(Cell.LSTM, 3, 20)), 4, new int[] {4, 4}, 41);
    t.h0[3] = Float.NaN;
    t.run(kernels(), Pass.INFERENCE);
    assertThat(t.lastH[0]).isNaN();
    assertThat(t.lastH[20]).as("the other row").isFinite();
  }

  @Test
  void r09_trainingIsRefused() {
    RnnSpec spec = integers(RnnSpec.of(Cell.LSTM, 3, 20));
    assertThatThrownBy(() -> kernels().plan(spec, 4, 2, Pass.TRAINING))
        .isInstanceOf(UnsupportedSpecException.class)
        .hasMessageContaining("INT8 is for inference");
  }

  @Test
  void r09_moreInputsThanSumsHaveRoomForAreRefused() {
    assertThat(fused.runs(integers(RnnSpec.of(Cell.GRU, 32_768, 3)))).isTrue();
    assertThat(fused.runs(integers(RnnSpec.of(Cell.GRU, 32_769, 3)))).isFalse();
  }

  @Test
  void thePlanSaysThePrecision() {
    RnnSpec spec = integers(RnnSpec.of(Cell.LSTM, 3, 20));
    try (RnnPlan plan = kernels().plan(spec, 4, 2, Pass.INFERENCE)) {
      assertThat(plan.describe()).isEqualTo("Carousel LSTM INT8, 1 thread");
    }
  }
}
