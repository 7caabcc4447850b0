package dev.carousel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A test that never fails is no test: each fault must make the test of its rule fail. */
final class KitCatchesBrokenBackendsTest {
  static Stream<Fault> faults() {
    return Stream.of(
            RnnFaults.all(),
            LengthFaults.all(),
            ConductFaults.all(),
            DenseFaults.all(),
            LossFaults.all(),
            UpdateFaults.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void theTestOfItsRuleCatches(Fault fault) {
    TestExecutionSummary summary = Subject.run(fault);
    assertThat(summary.getTestsStartedCount()).as("runs of %s", fault.caughtBy()).isPositive();
    assertThat(summary.getTestsFailedCount()).as("failures of %s", fault.caughtBy()).isPositive();
  }
}
