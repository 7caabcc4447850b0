package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static dev.carousel.kit.BackendContract.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.oracle.SmallNetOracle;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.SmallNet;
import dev.carousel.kit.run.SmallNetTraining;
import dev.carousel.kit.run.Tolerance;
import dev.carousel.rnn.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels together. */
public interface TrainingContract extends BackendContract {
  /** An embedding, a bidirectional LSTM, a linear layer, a loss and an optimizer. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void training_tenStepsOfGradientDescentArriveWhereTheEquationsDo(Precision p) {
    assumeRuns(SmallNet.spec(p));
    Outcome want = SmallNetOracle.train(10);
    double tolerance = tolerance(p).gradient();
    Outcome got = train(p);
    assertClose(p, got, want, new Tolerance(tolerance, tolerance));
    assertThat(got.get("loss")[9]).as("loss after ten steps").isLessThan(got.get("loss")[0]);
  }

  /** Twice the same. */
  @ParameterizedTest
  @MethodSource("precisions")
  default void r10_trainingGivesTheSameBitsEveryTime(Precision p) {
    assumeRuns(SmallNet.spec(p));
    assertSameBits(p, train(p), train(p));
  }

  private Outcome train(Precision p) {
    try (SmallNetTraining training = new SmallNetTraining(backend(), p)) {
      return training.train(10);
    }
  }
}
