package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;

import dev.carousel.kit.oracle.RnnOracle;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.PackedRnn;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R4: gradients of parameters are added to what is there, gradients of activations are written. */
public interface R04GradientsContract extends RnnContract {
  /**
   * Training, on every kind of case. Written outputs hold NaN before the call and the weights'
   * gradient holds {@link RnnCall#BEFORE}, so whoever adds to the one or overwrites the other
   * shows.
   */
  @ParameterizedTest
  @MethodSource("rnnCases")
  default void r04_gradientsAreTheDerivativesOfTheEquations(RnnCase c) {
    assumeRuns(c.spec());
    RnnData data = RnnData.of(c);
    Outcome got = RnnCall.run(backend(), c, data, Pass.TRAINING);
    assertClose(c, got, RnnOracle.of(c, data), tolerance(c.spec().precision()));
  }

  /** The same on many more. */
  @Tag("full")
  @ParameterizedTest
  @MethodSource("manyRnnCases")
  default void r04_gradientsAreTheDerivativesOfTheEquationsOnManyCases(RnnCase c) {
    r04_gradientsAreTheDerivativesOfTheEquations(c);
  }

  /** Accumulation over two batches. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r04_aSecondBackwardAddsToTheWeightGradientAndRewritesTheOthers(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 4, 3, LengthPattern.RAGGED, 401);
    RnnData data = RnnData.of(c);
    Outcome want = RnnOracle.of(c, data);
    want.put("dWeights", Arrays.stream(want.get("dWeights")).map(g -> 2 * g).toArray());
    try (PackedRnn rnn = new PackedRnn(backend(), c, data, Pass.TRAINING);
        RnnCall call = new RnnCall(rnn, c, data)) {
      call.run();
      rnn.plan().backward(call.backward());
      assertClose(c, call.outcome(), want, tolerance(spec.precision()));
    }
  }
}
