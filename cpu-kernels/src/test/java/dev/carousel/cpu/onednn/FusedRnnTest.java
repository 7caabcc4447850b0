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
import dev.carousel.spi.UnsupportedSpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own kernels, in each instruction set that this processor has. */
abstract class FusedRnnTest extends RnnKernelsTest {
  private final InstructionSet instructions;
  private FusedKernels fused;

  FusedRnnTest(InstructionSet instructions) {
    this.instructions = instructions;
  }

  @BeforeAll
  void open() {
    assumeTrue(FusedKernels.refusal() == null, "no kernels of our own: " + FusedKernels.refusal());
    fused = FusedKernels.open(instructions, 1);
    assumeTrue(
        fused.describe().contains(instructions + ","), "not on this processor: " + instructions);
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

  /** Sizes on both sides of a vector, a tile and a block of rows. */
  static Stream<Trial> edges() {
    List<Trial> trials = new ArrayList<>();
    int[] units = {1, 8, 15, 16, 17, 31, 33, 50};
    int[] batches = {1, 2, 7, 13, 29};
    int seed = 100;
    for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_TANH)) {
      for (int i = 0; i < units.length; i++) {
        int rows = batches[i % batches.length];
        int[] lengths = new int[rows];
        for (int n = 0; n < rows; n++) {
          lengths[n] = i % 2 == 0 ? 11 : (n * 5 + 2) % 12;
        }
        Direction direction = i / 2 % 2 == 0 ? Direction.FORWARD : Direction.BIDIRECTIONAL;
        RnnSpec spec =
            RnnSpec.of(cell, units[units.length - 1 - i], units[i])
                .withLayers(1 + i % 2)
                .withDirection(direction);
        trials.add(new Trial(spec, 11, lengths, seed++));
      }
    }
    return trials.stream();
  }

  /**
   * With such weights a plain recurrence of 50 units is chaotic: it makes rounding ten times
   * larger.
   */
  @ParameterizedTest
  @MethodSource("edges")
  void sizesAroundVectorsAndTilesAgreeWithTheEquations(Trial trial) {
    assertAgrees(trial.run(kernels(), Pass.TRAINING), 1e-5);
    Trial inference =
        new Trial(trial.spec, trial.steps, trial.lengths, 7).run(kernels(), Pass.INFERENCE);
    assertForwardAgrees(inference, inference.oracle(), 1e-5);
  }

  /**
   * Also where the blocks of a matrix product have edges: more packed rows than one of them holds.
   */
  @Test
  void moreRowsThanABlockOfAMatrixProductAgreeWithTheEquations() {
    int[] lengths = new int[37];
    for (int n = 0; n < lengths.length; n++) {
      lengths[n] = n % 3 == 0 ? 17 : n % 17;
    }
    RnnSpec spec = RnnSpec.of(Cell.GRU, 20, 19).withDirection(Direction.BIDIRECTIONAL);
    assertAgrees(new Trial(spec, 17, lengths, 21).run(kernels(), Pass.TRAINING), 3e-6);
  }

  @Test
  void r10_theNumberOfThreadsDoesNotChangeABit() {
    for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_RELU)) {
      for (Direction direction : Direction.values()) {
        RnnSpec spec = RnnSpec.of(cell, 40, 90).withLayers(2).withDirection(direction);
        int[] lengths = {12, 3, 0, 12, 7, 9, 1, 12, 12, 5};
        float[] alone = new Trial(spec, 12, lengths, 31).run(kernels(), Pass.TRAINING).everything();
        for (int threads : new int[] {2, 3, 5}) {
          try (FusedKernels more = FusedKernels.open(instructions, threads)) {
            Trial shared = new Trial(spec, 12, lengths, 31).run(more.rnn(), Pass.TRAINING);
            assertThat(shared.everything()).as("%d threads, %s", threads, spec).isEqualTo(alone);
          }
        }
      }
    }
  }

  @Test
  void aStateThatIsNotANumberShows() {
    Trial t = new Trial(RnnSpec.of(Cell.LSTM, 3, 20), 4, new int[] {4, 4}, 41);
    t.h0[0] = Float.NaN;
    t.run(kernels(), Pass.INFERENCE);
    assertThat(t.lastH[0]).isNaN();
    assertThat(t.lastH[20]).as("the other row").isFinite();
  }

  @Test
  void saturatedGatesAreExactlyOpenOrShut() {
    Trial t = new Trial(RnnSpec.of(Cell.LSTM, 2, 16), 1, new int[] {1}, 42);
    for (int i = 0; i < t.weights.length; i++) {
      t.weights[i] *= 1e6f;
    }
    t.run(kernels(), Pass.INFERENCE);
    assertForwardAgrees(t, t.oracle(), 1e-6);
  }

  @Test
  void r09_whatTheyDoNotRunIsRefused() {
    for (RnnSpec spec :
        List.of(
            RnnSpec.of(Cell.LSTM, 4, 6).withPrecision(Precision.F16),
            RnnSpec.of(Cell.LSTM, 4, 6).withProjection(2),
            RnnSpec.of(Cell.GRU_RESET_BEFORE, 4, 6))) {
      assertThatThrownBy(() -> kernels().plan(spec, 5, 2, Pass.INFERENCE))
          .isInstanceOf(UnsupportedSpecException.class)
          .hasMessageContaining(spec.toString());
    }
  }
}
