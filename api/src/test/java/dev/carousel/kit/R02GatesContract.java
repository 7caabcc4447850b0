package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.kit.oracle.RnnOracle;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import dev.carousel.spi.Pass;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R2: gates lie in the order of {@link Cell}, and the cells compute its equations. */
public interface R02GatesContract extends RnnContract {
  /** A bias that no other term of a gate comes near. */
  double SATURATED = 60;

  /** Inference, on every kind of case. */
  @ParameterizedTest
  @MethodSource("rnnCases")
  default void r02_inferenceFollowsTheEquations(RnnCase c) {
    assumeRuns(c.spec());
    RnnData data = RnnData.of(c);
    Outcome got = RnnCall.run(backend(), c, data, Pass.INFERENCE);
    assertClose(c, got, RnnOracle.of(c, data), tolerance(c.spec().precision()));
  }

  /** The same on many more. */
  @Tag("full")
  @ParameterizedTest
  @MethodSource("manyRnnCases")
  default void r02_inferenceFollowsTheEquationsOnManyCases(RnnCase c) {
    r02_inferenceFollowsTheEquations(c);
  }

  /** The constant error carousel: gate 0 shut, gate 1 open. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r02_aShutInputGateAndAnOpenForgetGateCarryTheCellStateUnchanged(RnnSpec spec) {
    if (spec.cell() == Cell.LSTM) {
      assertCarries(spec, "last.c", -SATURATED, SATURATED);
    } else if (spec.cell() == Cell.GRU || spec.cell() == Cell.GRU_RESET_BEFORE) {
      assertCarries(spec, "last.h", 0, SATURATED);
    }
  }

  private void assertCarries(RnnSpec spec, String state, double gate0, double gate1) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 4, 3, LengthPattern.RAGGED, 202);
    RnnData data = RnnData.of(c);
    for (WeightBlock block : WeightLayout.of(spec).blocks()) {
      if (block.role() == WeightRole.HIDDEN_BIAS) {
        int at = Math.toIntExact(block.offset());
        int h = spec.hiddenSize();
        Arrays.fill(data.weights(), at, at + h, gate0);
        Arrays.fill(data.weights(), at + h, at + 2 * h, gate1);
      }
    }
    Outcome got = RnnCall.run(backend(), c, data, Pass.INFERENCE);
    assertThat(got.get(state))
        .as("%s of %s", state, c)
        .containsExactly(
            spec.cell() == Cell.LSTM ? data.c0() : data.h0(), within(carryError(spec)));
  }

  /**
   * How far a state may be from the one it was carried from. A GRU's only state is also an operand
   * of its products, so it is rounded to their type; a backend that rounds an LSTM's c as well says
   * so here.
   */
  default double carryError(RnnSpec spec) {
    boolean exact = spec.cell() == Cell.LSTM || spec.precision() == Precision.F64;
    return exact || spec.precision() == Precision.F32 ? 1e-6 : 0x1p-8;
  }
}
