package dev.carousel.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carousel.kit.run.DeviceTensors;
import dev.carousel.kit.run.RnnCases;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.UnsupportedSpecException;
import dev.carousel.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R9: what a backend cannot do is known when it is planned, never midway. */
public interface R09RefusalContract extends RnnContract {
  /** Every kind of network in every arithmetic there is. */
  default Stream<RnnSpec> allSpecs() {
    return Stream.of(Precision.values())
        .filter(p -> !untrained().contains(p))
        .flatMap(p -> RnnCases.kinds(5, 7, p).stream())
        .flatMap(spec -> Stream.of(Direction.values()).map(spec::withDirection));
  }

  /** Both planning and packing say no, with a reason, or neither does. */
  @ParameterizedTest
  @MethodSource("allSpecs")
  default void r09_aNetworkIsRefusedWhenPlannedAndPackedOrRuns(RnnSpec spec) {
    boolean refused = !precisions().contains(spec.precision()) || refusal(spec).isPresent();
    for (Pass pass : Pass.values()) {
      assertRefused(refused, spec, () -> backend().rnn().plan(spec, 3, 2, pass).close());
    }
    try (DeviceTensors tensors = new DeviceTensors(backend().memory())) {
      int size = Math.toIntExact(WeightLayout.of(spec).size());
      Tensor flat = tensors.empty(spec.precision().storage(), size);
      assertRefused(refused, spec, () -> backend().rnn().pack(spec, flat).close());
    }
  }

  private static void assertRefused(boolean refused, RnnSpec spec, Runnable plan) {
    if (refused) {
      assertThatExceptionOfType(UnsupportedSpecException.class)
          .as("planning or packing %s", spec)
          .isThrownBy(plan::run)
          .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    } else {
      assertThatCode(plan::run).as("planning or packing %s", spec).doesNotThrowAnyException();
    }
  }

  /** What was chosen can be reported. */
  @ParameterizedTest
  @MethodSource("rnnSpecs")
  default void r09_aPlanSaysWhatItIs(RnnSpec spec) {
    assumeRuns(spec);
    try (RnnPlan plan = backend().rnn().plan(spec, 3, 2, Pass.TRAINING)) {
      assertThat(plan.spec()).isEqualTo(spec);
      assertThat(plan.steps()).isEqualTo(3);
      assertThat(plan.batch()).isEqualTo(2);
      assertThat(plan.pass()).isEqualTo(Pass.TRAINING);
      assertThat(plan.describe()).isNotBlank();
    }
  }

  /** Reports and checkpoints need it. */
  @Test
  default void r09_aBackendSaysWhatItIs() {
    assertThat(backend().name()).matches("[a-z][a-z0-9-]*");
    assertThat(backend().describe()).isNotEmpty();
    assertThat(backend().describe().values()).noneMatch(String::isBlank);
  }
}
