package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static dev.carousel.kit.BackendContract.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnCase.Operand;
import dev.carousel.kit.run.RnnData;
import dev.carousel.kit.run.Rows;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R5: what the lengths of the rows mean. What lies beyond them is NaN in all of the kit's data. */
public interface R05LengthsContract extends RnnContract {
  /** So the last state is the state after step length − 1, and backwards starts there. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r05_aPaddedRowIsComputedAsIfAloneAndUnpadded(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 6, 4, LengthPattern.RAGGED, 501);
    RnnData data = RnnData.of(c);
    Rows rows = new Rows(c, data);
    Outcome together = RnnCall.run(backend(), c, data, Pass.TRAINING);
    for (int n = 0; n < c.batch(); n++) {
      Outcome alone = RnnCall.run(backend(), rows.oneCase(n), rows.data(n), Pass.TRAINING);
      assertClose(
          "row " + n + " of " + c,
          rows.of(together, n),
          Rows.withoutWeights(alone),
          tolerance(spec.precision()));
    }
  }

  /** Exactly zero: a sum over time may run over the padding. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r05_outputsAndInputGradientsBeyondTheLengthAreZero(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 5, 4, LengthPattern.WITH_EMPTY, 502);
    RnnData data = RnnData.of(c);
    Outcome got = RnnCall.run(backend(), c, data, Pass.TRAINING);
    assertThat(data.beyondLengths(got.get("y"))).as("padding of y in %s", c).containsOnly(0);
    assertThat(data.beyondLengths(got.get("dx"))).as("padding of dx in %s", c).containsOnly(0);
  }

  /** The padding may hold anything. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r05_whatLiesBeyondTheLengthIsNotRead(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 5, 4, LengthPattern.WITH_EMPTY, 503);
    RnnData nan = RnnData.of(c);
    RnnData huge = RnnData.of(c);
    for (double[] values : new double[][] {huge.x(), huge.dy()}) {
      Arrays.setAll(values, i -> Double.isNaN(values[i]) ? 1e30 : values[i]);
    }
    assertSameBits(
        c,
        RnnCall.run(backend(), c, huge, Pass.TRAINING),
        RnnCall.run(backend(), c, nan, Pass.TRAINING));
  }

  /** Nothing happens to it, forwards or backwards. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r05_anEmptyRowKeepsItsInitialStateAndTheGradientOfIt(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 4, 1, LengthPattern.WITH_EMPTY, 504);
    RnnData data = RnnData.of(c);
    Outcome got = RnnCall.run(backend(), c, data, Pass.TRAINING);
    assertThat(got.get("last.h")).as("%s", c).containsExactly(data.h0());
    assertThat(got.get("dInitial.h")).as("%s", c).containsExactly(data.dLastH());
    assertThat(got.get("dWeights")).as("%s", c).containsOnly(0);
    if (spec.cell().hasCellState()) {
      assertThat(got.get("last.c")).as("%s", c).containsExactly(data.c0());
      assertThat(got.get("dInitial.c")).as("%s", c).containsExactly(data.dLastC());
    }
  }

  /** Absent states count as zeros. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r05_anEmptyRowWithoutInitialStateEndsInZeros(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c =
        RnnCase.of(spec, 4, 1, LengthPattern.WITH_EMPTY, 505)
            .without(Operand.INITIAL, Operand.D_LAST);
    Outcome got = RnnCall.run(backend(), c, RnnData.of(c), Pass.TRAINING);
    assertThat(got.get("last.h")).as("%s", c).containsOnly(0);
    assertThat(got.get("dInitial.h")).as("%s", c).containsOnly(0);
  }

  /** With and without a lengths tensor. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r05_lengthsThatAreAllFullChangeNothing(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 4, 3, LengthPattern.FULL, 506);
    RnnData without = RnnData.of(c);
    assertClose(
        c,
        RnnCall.run(backend(), c, without.withLengths(4, 4, 4), Pass.TRAINING),
        RnnCall.run(backend(), c, without, Pass.TRAINING),
        tolerance(spec.precision()));
  }
}
