package dev.carousel.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.autograd.Data;
import dev.carousel.autograd.GradientCheck;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Objective;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Tensor;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tagger with a CRF of which this or that is frozen. */
class FrozenParametersTest {
  private static final int T = 4;
  private static final int N = 3;
  private static final int TAGS = 3;
  private static final Lengths RAGGED = Lengths.onHost(T, 4, 2, 3);

  private final ParameterSet.Builder set = ParameterSet.builder();
  private final Embedding embedding = new Embedding(set, "embedding", 6, 3, Init.normal(1));
  private final Recurrent lower =
      new Recurrent(
          set,
          "lower",
          RecurrentSettings.of(
              RnnSpec.of(Cell.LSTM, 3, 2).withLayers(2).withDirection(Direction.BIDIRECTIONAL)));
  private final Recurrent upper = new Recurrent(set, "upper", RecurrentSettings.lstm(4, 3));
  private final Linear head = new Linear(set, "head", 3, TAGS);
  private final Parameter gain = set.declare("gain", Init.constant(1), T, N, TAGS);
  private final Parameter transitions = set.declare("transitions", Init.normal(1), TAGS + 2, TAGS);
  private final Rig rig = Rig.of(set);

  @AfterEach
  void close() {
    rig.close();
  }

  private Objective objective() {
    return ops -> Objective.of(loss(ops));
  }

  private Tensor loss(Ops ops) {
    Tensor words = Tensor.of(new int[] {0, 1, 2, 3, 4, 5, 0, -1, 2, 5, -1, -1}, T, N);
    Var x = ops.lockedDropout(ops.dropRows(words, embedding.apply(ops, words), 0.2), 0.2);
    Var y = ops.dropout(upper.apply(ops, lower.apply(ops, x, RAGGED), RAGGED), 0.2);
    Var emissions = ops.multiply(head.apply(ops, y), ops.parameter(gain));
    return ops.crfLoss(emissions, transitions, Data.ids(4, TAGS, T, N), RAGGED, LossOptions.PLAIN);
  }

  /** Frozen parts have no gradient, the others the very bits that they have otherwise. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "embedding.weight",
        "lower.*",
        "embedding.weight|lower.*",
        "lower.weight_ih_l0.*",
        "lower.bias_hh_l1_reverse|head.bias",
        "upper.*|head.weight",
        "gain|transitions",
        "(embedding|lower|upper|head).*",
        "(embedding|lower|upper|head|gain).*",
        ".*"
      })
  void whatIsFrozenHasNoGradientAndTheRestItsOwn(String names) {
    double[] whole = rig.gradient(objective());
    Predicate<Parameter> which = p -> p.name().matches(names);
    rig.parameters().freeze(which);
    double[] found = rig.gradient(objective());
    for (Parameter p : rig.parameters().parameters()) {
      assertThat(p.frozen()).isEqualTo(which.test(p));
      for (int i = (int) p.offset(); i < p.offset() + p.shape().size(); i++) {
        assertThat(found[i]).as(p.name()).isEqualTo(p.frozen() ? 0 : whole[i]);
      }
    }
    rig.parameters().unfreeze(p -> true);
    assertThat(rig.gradient(objective())).containsExactly(whole);
  }

  @Test
  void theGradientOfWhatIsLeftIsTheDerivative() {
    rig.parameters().freeze(p -> p.name().matches("lower.*|head.bias"));
    GradientCheck.check(rig, objective());
  }

  @Test
  void nothingIsKeptForBackwardBelowWhatIsTrained() {
    rig.parameters().freeze(p -> p.name().matches("(embedding|lower).*"));
    rig.gradient(objective());
    List<String> plans = rig.plans().describe();
    assertThat(plans).filteredOn(p -> p.contains("INFERENCE")).hasSize(1);
    assertThat(plans).filteredOn(p -> p.contains("TRAINING")).hasSize(1);
  }

  @Test
  void freezingTakesTheGradientThatIsThereAway() {
    rig.gradient(objective());
    rig.parameters().freeze(p -> p.name().equals("gain"));
    assertThat(Data.floats(gain.gradient())).containsOnly(0);
    assertThat(Data.floats(transitions.gradient())).doesNotContain(0);
  }
}
