package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Pooling;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations on single steps, and layer normalisation. */
class StepsTest {
  private final ParameterSet.Builder set = ParameterSet.builder();

  @Test
  void stepsStackedInAnotherOrderHaveTheirGradients() {
    Parameter p = set.declare("p", Init.constant(0), 3, 2, 4);
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            List<Var> steps = ops.steps(ops.parameter(p));
            // the first is used twice, the second not at all
            Var product = ops.multiply(steps.get(0), steps.get(2));
            Var all = ops.stack(List.of(product, steps.get(0), product));
            Var pooled = ops.pool(Pooling.MEAN, Direction.FORWARD, all, Lengths.full(3, 2));
            return Objective.of(ops.softmaxLoss(pooled, Data.ids(1, 4, 2), LossOptions.PLAIN));
          });
      Ops ops = rig.begin();
      Var whole = ops.parameter(p);
      assertThat(Data.floats(ops.stack(ops.steps(whole)).value()))
          .containsExactly(Data.floats(whole.value()));
    }
  }

  @Test
  void layerNormHasItsGradients() {
    Parameter p = set.declare("p", Init.constant(0), 3, 5);
    Parameter gain = set.declare("gain", Init.constant(1), 5);
    Parameter shift = set.declare("shift", Init.constant(0), 5);
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            Var y = ops.layerNorm(ops.parameter(p), gain, shift);
            return Objective.of(ops.softmaxLoss(y, Data.ids(2, 5, 3), LossOptions.PLAIN));
          });
    }
  }
}
