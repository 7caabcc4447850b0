package dev.carousel.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own kernels with products of bfloat16, and single precision beside it. */
class FusedBfloat16RnnTest extends RnnKernelsTest {
  private static final InstructionSet INSTRUCTIONS = InstructionSet.AVX512_BF16;

  /** Seven significant bits and a few dozen roundings. */
  private static final double TOLERANCE = 2e-2;

  private FusedKernels fused;

  @BeforeAll
  void open() {
    assumeTrue(FusedKernels.refusal() == null, "no kernels of our own: " + FusedKernels.refusal());
    fused = FusedKernels.open(INSTRUCTIONS, 1);
    assumeTrue(fused.precisions().contains(Precision.BF16), "no AVX512_BF16 on this processor");
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

  /** No rectifier, which jumps where roundings differ; no plain recurrence where it is chaotic. */
  Stream<Trial> smoothTrials() {
    Stream<Trial> edges = FusedRnnTest.edges().filter(t -> t.spec.cell() != Cell.RNN_TANH);
    return Stream.concat(trials().filter(t -> t.spec.cell() != Cell.RNN_RELU), edges)
        .map(t -> new Trial(rounded(t.spec), t.steps, t.lengths, 8));
  }

  private static RnnSpec rounded(RnnSpec spec) {
    return spec.withPrecision(Precision.BF16);
  }

  @ParameterizedTest
  @MethodSource("smoothTrials")
  void bfloat16AgreesWithTheEquationsToItsOwnPrecision(Trial trial) {
    assertAgrees(trial.run(kernels(), Pass.TRAINING), TOLERANCE);
    Trial inference =
        new Trial(trial.spec, trial.steps, trial.lengths, 7).run(kernels(), Pass.INFERENCE);
    assertForwardAgrees(inference, inference.oracle(), TOLERANCE);
  }

  /** Products of what bfloat16 holds are exact, and everything else is in single precision. */
  @Test
  void aStepWhoseOperandsBfloat16HoldsIsAsExactAsInSinglePrecision() {
    for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_TANH)) {
      for (int units : new int[] {1, 15, 16, 17, 33, 50}) {
        RnnSpec spec = rounded(RnnSpec.of(cell, 51 - units, units));
        Trial t = new Trial(spec, 1, new int[] {1, 1, 0, 1, 1, 1, 1}, units);
        for (float[] operand : new float[][] {t.weights, t.x, t.h0}) {
          keepSevenBits(operand);
        }
        assertForwardAgrees(t.run(kernels(), Pass.TRAINING), t.oracle(), 2e-6);
        assertForwardAgrees(t.run(kernels(), Pass.INFERENCE), t.oracle(), 2e-6);
      }
    }
  }

  private static void keepSevenBits(float[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] = Float.intBitsToFloat(Float.floatToRawIntBits(a[i]) & 0xFFFF0000);
    }
  }

  /** Were ties or all else rounded one way, sums of many products would drift. */
  @Test
  void operandsAreRoundedToTheNearest() {
    int inputs = 512;
    Trial t = new Trial(rounded(RnnSpec.of(Cell.RNN_TANH, inputs, 1)), 1, new int[] {1}, 51);
    for (int i = 0; i < inputs; i++) {
      t.weights[i] = 1f / inputs;
      t.x[i] = i % 2 == 0 ? 128.5f / 256 : 129.5f / 256; // ties
    }
    t.weights[inputs] = 0;
    t.weights[inputs + 1] = 0;
    t.weights[inputs + 2] = 0;
    t.run(kernels(), Pass.INFERENCE);
    assertThat((double) t.y[0]).isCloseTo(Math.tanh(129.0 / 256), within(1e-6));
  }

  /** Packed rows are odd in number and more than a block of a matrix product holds. */
  @Test
  void moreRowsThanABlockOfAMatrixProductAgreeWithTheEquations() {
    int[] lengths = new int[67];
    for (int n = 0; n < lengths.length; n++) {
      lengths[n] = n % 3 == 0 ? 17 : n % 17;
    }
    lengths[1] = 2;
    RnnSpec spec = rounded(RnnSpec.of(Cell.GRU, 20, 19).withDirection(Direction.BIDIRECTIONAL));
    assertAgrees(new Trial(spec, 17, lengths, 21).run(kernels(), Pass.TRAINING), TOLERANCE);
  }

  @Test
  void r10_theNumberOfThreadsDoesNotChangeABit() {
    for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_RELU)) {
      for (Direction direction : Direction.values()) {
        RnnSpec spec = rounded(RnnSpec.of(cell, 40, 90).withLayers(2).withDirection(direction));
        int[] lengths = {12, 3, 0, 12, 7, 9, 1, 12, 12, 5};
        float[] alone = new Trial(spec, 12, lengths, 31).run(kernels(), Pass.TRAINING).everything();
        for (int threads : new int[] {2, 3, 5}) {
          try (FusedKernels more = FusedKernels.open(INSTRUCTIONS, threads)) {
            Trial shared = new Trial(spec, 12, lengths, 31).run(more.rnn(), Pass.TRAINING);
            assertThat(shared.everything()).as("%d threads, %s", threads, spec).isEqualTo(alone);
          }
        }
      }
    }
  }

  @Test
  void aStateThatIsNotANumberShows() {
    Trial t = new Trial(rounded(RnnSpec.of(Cell.LSTM, 3, 20)), 4, new int[] {4, 4}, 41);
    t.h0[0] = Float.NaN;
    t.run(kernels(), Pass.INFERENCE);
    assertThat(t.lastH[0]).isNaN();
    assertThat(t.lastH[20]).as("the other row").isFinite();
  }

  @Test
  void thePlanSaysThePrecision() {
    RnnSpec spec = rounded(RnnSpec.of(Cell.LSTM, 3, 20));
    try (RnnPlan plan = kernels().plan(spec, 4, 2, Pass.INFERENCE)) {
      assertThat(plan.describe()).isEqualTo("Carousel LSTM BF16, 1 thread");
    }
  }
}
