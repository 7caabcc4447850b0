package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.oracle.RnnOracle;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnCases;
import dev.carousel.kit.run.RnnData;
import dev.carousel.kit.run.Tolerance;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences longer than cuDNN takes, on an emulated one that is given few steps at once. */
class ChunkedRnnTest {
  static Stream<RnnCase> longCases() {
    return Stream.of(Precision.F32, Precision.F16)
        .flatMap(p -> RnnCases.kinds(5, 7, p).stream())
        .filter(s -> s.cell() != Cell.GRU_RESET_BEFORE)
        .filter(s -> s.cell() != Cell.RNN_RELU || s.precision() == Precision.F32)
        .map(s -> s.withLayers(2).withDirection(Direction.BIDIRECTIONAL))
        .flatMap(s -> Stream.of(LengthPattern.values()).map(p -> RnnCase.of(s, 11, 3, p, 31)));
  }

  @ParameterizedTest
  @MethodSource("longCases")
  void a_sequence_in_pieces_is_computed_as_in_one(RnnCase c) {
    RnnData data = RnnData.of(c);
    Outcome want = RnnOracle.of(c, data);
    for (int most : new int[] {4, 5, 11}) {
      try (Emulation emulation = Emulation.open(most)) {
        Outcome got = RnnCall.run(emulation.backend, c, data, Pass.TRAINING);
        assertThat(got.beyond(Tolerance.of(c.spec().precision()), want))
            .as("%s in pieces of %d", c, most)
            .isEmpty();
      }
    }
  }

  @Test
  void pieces_are_all_of_the_most_steps_but_the_last() {
    Chunks chunks = new Chunks(200_000, Chunks.LIMIT);
    assertThat(chunks.count()).isEqualTo(4);
    assertThat(chunks.first(3)).isEqualTo(196_605);
    assertThat(chunks.lengths()).containsExactly(65_535, 3_395);
    assertThat(new Chunks(10, 5).lengths()).containsExactly(5);
  }

  @Test
  void a_plan_beyond_the_limit_says_that_it_runs_in_pieces() {
    RnnSpec spec = RnnSpec.of(Cell.GRU, 2, 3);
    try (Emulation emulation = Emulation.open(Chunks.LIMIT);
        RnnPlan plan = emulation.backend.rnn().plan(spec, 70_000, 1, Pass.INFERENCE)) {
      assertThat(plan.describe()).contains("in pieces of 65535 steps");
    }
  }
}
