package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static dev.carousel.kit.BackendContract.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.oracle.RnnOracle;
import dev.carousel.kit.run.PackedRnn;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R3: weights are one flat buffer; another packing is made by pack and refresh only. */
public interface R03FlatWeightsContract extends RnnContract {
  /** An optimizer writes the flat buffer, then refreshes. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r03_refreshedWeightsAreThoseOfTheFlatBuffer(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 4, 2, LengthPattern.RAGGED, 301);
    RnnData before = RnnData.of(c);
    RnnData after = before.withWeights(new RandomValues(302).uniform(before.weights().length, 0.4));
    try (PackedRnn rnn = new PackedRnn(backend(), c, before, Pass.TRAINING);
        RnnCall first = new RnnCall(rnn, c, before);
        RnnCall second = new RnnCall(rnn, c, after)) {
      first.run();
      rnn.writeMaster(after.weights());
      rnn.weights().refresh();
      second.run();
      assertClose(c, second.outcome(), RnnOracle.of(c, after), tolerance(spec.precision()));
      assertSameBits(c, second.outcome(), RnnCall.run(backend(), c, after, Pass.TRAINING));
    }
  }

  /** Packed weights know what they were made from, and no call writes to it. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r03_packedWeightsKeepTheirMasterAsItIs(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 3, 2, LengthPattern.FULL, 303);
    RnnData data = RnnData.of(c);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      call.run();
      assertThat(rnn.weights().spec()).isEqualTo(spec);
      assertThat(rnn.weights().master()).isEqualTo(rnn.master());
      assertThat(rnn.readMaster()).as("weights after %s", c).containsExactly(data.weights());
    }
  }
}
