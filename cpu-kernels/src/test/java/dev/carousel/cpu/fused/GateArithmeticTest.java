package dev.carousel.cpu.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateArithmeticTest {
  @BeforeAll
  static void needsTheLibrary() {
    assumeTrue(FusedKernels.refusal() == null, FusedKernels::refusal);
  }

  private static long best(GateArithmetic gates) {
    return Stream.generate(() -> nanos(gates)).limit(40).min(Long::compare).orElseThrow();
  }

  private static long nanos(GateArithmetic gates) {
    long before = System.nanoTime();
    gates.run();
    return System.nanoTime() - before;
  }

  private static GateArithmetic of(RnnPlan plan, Lengths lengths) {
    return GateArithmetic.of(plan, lengths).orElseThrow();
  }

  /**
   * Four times the rows are a good deal more work, and rows of half the length a good deal less.
   */
  @ParameterizedTest
  @EnumSource(names = {"LSTM", "GRU", "RNN_TANH", "RNN_RELU"})
  void theirTimeGrowsWithTheRealStepsInBothPasses(Cell cell) {
    RnnSpec spec = RnnSpec.of(cell, 5, 67).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    int[] half = new int[64];
    Arrays.fill(half, 6);
    for (FusedKernels.InstructionSet set : FusedKernels.InstructionSet.values()) {
      try (FusedKernels kernels = FusedKernels.open(set, 1)) {
        for (Pass pass : Pass.values()) {
          try (RnnPlan few = kernels.rnn().plan(spec, 12, 16, pass);
              RnnPlan many = kernels.rnn().plan(spec, 12, 64, pass);
              GateArithmetic little = of(few, Lengths.full(12, 16));
              GateArithmetic much = of(many, Lengths.full(12, 64));
              GateArithmetic ragged = of(many, Lengths.onHost(12, half))) {
            long all = best(much);
            assertThat(all).isGreaterThan(2 * best(little));
            assertThat(best(ragged)).isLessThan(all * 3 / 4);
          }
        }
      }
    }
  }

  @Test
  void aNetworkOfOtherKernelsHasNoneAndAClosedPlanIsRefused() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 5, 6);
    try (Backend reference = Backends.named("reference", 1);
        RnnPlan theirs = reference.rnn().plan(spec, 3, 2, Pass.INFERENCE);
        FusedKernels kernels = FusedKernels.open(FusedKernels.InstructionSet.AVX2, 1)) {
      assertThat(GateArithmetic.of(theirs, Lengths.full(3, 2))).isEmpty();
      RnnPlan plan = kernels.rnn().plan(spec, 3, 2, Pass.INFERENCE);
      try (GateArithmetic gates = of(plan, Lengths.full(3, 2))) {
        plan.close();
        assertThatIllegalStateException().isThrownBy(gates::run);
      }
    }
  }
}
