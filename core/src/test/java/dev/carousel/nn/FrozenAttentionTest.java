package dev.carousel.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.autograd.Data;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.LinearParameter;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Objective;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Additive attention of which this or that is frozen. */
class FrozenAttentionTest {
  private static final int S = 4;
  private static final int T = 2;
  private static final int N = 3;
  private static final int H = 3;

  private final ParameterSet.Builder set = ParameterSet.builder();
  private final LinearParameter queries = set.declareLinear("query", 2, H, Init.normal(1));
  private final LinearParameter keys = set.declareLinear("key", 2, H, Init.normal(1));
  private final Parameter energy = set.declare("energy", Init.normal(1), H);
  private final Rig rig = Rig.of(set);

  @AfterEach
  void close() {
    rig.close();
  }

  private Objective objective() {
    return ops -> {
      Var memory = ops.linear(ops.constant(Data.uniform(1, S, N, 2)), keys);
      Var query = ops.linear(ops.constant(Data.uniform(2, T, N, 2)), queries);
      Lengths lengths = Lengths.onHost(S, 4, 2, 3);
      Var out = ops.attendAdditively(query, memory, memory, lengths, energy).out();
      return Objective.of(ops.softmaxLoss(out, Data.ids(3, H, T, N), LossOptions.PLAIN));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"energy", "query.*", "key.*", "(query|key).*", ".*"})
  void whatIsFrozenHasNoGradientAndTheRestItsOwn(String names) {
    double[] whole = rig.gradient(objective());
    rig.parameters().freeze(p -> p.name().matches(names));
    double[] found = rig.gradient(objective());
    for (Parameter p : rig.parameters().parameters()) {
      for (int i = (int) p.offset(); i < p.offset() + p.shape().size(); i++) {
        assertThat(found[i]).as(p.name()).isEqualTo(p.frozen() ? 0 : whole[i]);
      }
    }
  }
}
