package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;

import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.kit.run.Rows;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R1: values are time-major. */
public interface R01TimeMajorContract extends RnnContract {
  /** In [T, N, C] row n of step t is one contiguous run of C values. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r01_eachRowOfATimeMajorBatchIsComputedAsIfAlone(RnnSpec spec) {
    assumeRuns(spec);
    RnnCase c = RnnCase.of(spec, 5, 3, LengthPattern.FULL, 101);
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
}
