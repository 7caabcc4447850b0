package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertSameBits;

import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.PackedRnn;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.Replay;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R10: the same bits every time, replayed or not. */
public interface R10ReproducibilityContract extends RnnContract {
  /** Long enough for a sum to be split among threads. */
  @ParameterizedTest
  @MethodSource("wideSpecs")
  default void r10_theSameCallGivesTheSameBitsEveryTime(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 17, 9, LengthPattern.RAGGED, 1001);
    RnnData data = RnnData.of(c);
    Outcome first = RnnCall.run(backend(), c, data, Pass.TRAINING);
    for (int i = 0; i < 4; i++) {
      assertSameBits(c, RnnCall.run(backend(), c, data, Pass.TRAINING), first);
    }
  }

  /** Recording runs the step, and replaying runs it again. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r10_aReplayGivesTheBitsOfTheEagerRun(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 5, 3, LengthPattern.FULL, 1002);
    RnnData data = RnnData.of(c);
    Outcome eager = RnnCall.run(backend(), c, data, Pass.TRAINING);
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data);
        Replay replay = backend().capture().record(call::run)) {
      assertSameBits("the recording of " + c, call.outcome(), eager);
      for (int i = 0; i < 2; i++) {
        call.refill(data);
        replay.launch();
        assertSameBits("the replay of " + c, call.outcome(), eager);
      }
    }
  }

  /** Recorded with one batch, replayed with another whose lengths differ. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r10_aReplaySeesTheLengthsAndInputsThatTheTensorsHoldThen(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 6, 4, LengthPattern.RAGGED, 1003);
    RnnData first = RnnData.of(c);
    RnnCase next = RnnCase.of(spec, 6, 4, LengthPattern.WITH_EMPTY, 1004);
    RnnData second = RnnData.of(next).withWeights(first.weights());
    Outcome eager = RnnCall.run(backend(), next, second, Pass.TRAINING);
    try (PackedRnn rnn = new PackedRnn(backend(), c, first, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, first);
        Replay replay = backend().capture().record(call::run)) {
      call.refill(second);
      replay.launch();
      assertSameBits("the replay of " + next, call.outcome(), eager);
    }
  }
}
