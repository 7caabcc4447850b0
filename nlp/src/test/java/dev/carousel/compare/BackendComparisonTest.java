package dev.carousel.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carousel.kit.run.Deviation;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.UnsupportedSpecException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendComparisonTest {
  private static RnnCase shape(Precision precision) {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 5, 6).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    return RnnCase.of(spec.withPrecision(precision), 4, 3, LengthPattern.RAGGED, 5);
  }

  @Test
  void every_tensor_of_the_cpu_backend_is_within_tolerance_and_not_exactly_the_reference() {
    try (Backend truth = Backends.named("reference", 1);
        Backend cpu = Backends.named("cpu", 1)) {
      BackendComparison c = BackendComparison.of(truth, cpu, shape(Precision.F32));
      assertThat(c.truth()).isEqualTo("reference F64");
      assertThat(c.other()).isEqualTo("cpu F32");
      assertThat(c.deviations())
          .extracting(Deviation::tensor)
          .containsExactly(
              "y",
              "last.h",
              "last.c",
              "dx",
              "dInitial.h",
              "dInitial.c",
              "dWeights",
              "weights after 10 steps");
      assertThat(c.beyondTolerance()).isEmpty();
      assertThat(c.deviations()).anyMatch(d -> d.absolute() > 0);
      assertThat(c.times().forwardMillis()).isPositive();
      assertThat(c.times().trainingMillis()).isPositive();
    }
  }

  /** An error in one value shows as itself, and nothing else is said to be wrong. */
  @Test
  void what_is_beyond_the_tolerance_is_named() {
    Deviation small = new Deviation("y", 0, 1, 1, 1e-7, 1e-7);
    Deviation large = new Deviation("dx", 7, 1, 2, 1, 0.5);
    CallTimes none = new CallTimes(1, 1);
    BackendComparison c =
        new BackendComparison("a", "b", shape(Precision.F32), List.of(small, large), none, none);
    assertThat(c.beyondTolerance()).containsExactly(large);
  }

  @Test
  void an_arithmetic_that_the_judged_backend_lacks_is_refused() {
    try (Backend truth = Backends.named("reference", 1)) {
      assertThatExceptionOfType(UnsupportedSpecException.class)
          .isThrownBy(() -> BackendComparison.of(truth, truth, shape(Precision.F16)))
          .withMessageContaining("F16");
    }
  }
}
