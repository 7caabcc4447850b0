package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.autograd.Observer.Looked;
import dev.carousel.autograd.Observer.Recurred;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tapes that somebody looks at: without dropout, begun at a value, observed. */
class LookedAtTapeTest {
  private static final int BUDGET = 1 << 22;

  /** Collects recurrent calls. */
  private static final class Calls implements Observer {
    private final List<Recurred> seen = new ArrayList<>();

    @Override
    public void recurrence(Recurred call) {
      seen.add(call);
    }

    @Override
    public void steps(Stepped run) {
      throw new AssertionError("nothing is unrolled here");
    }

    @Override
    public void attention(Looked call) {
      throw new AssertionError("nothing attends here");
    }
  }

  @Test
  void withoutDropoutEveryKindOfItDoesNothing() {
    ParameterSet.Builder builder = ParameterSet.builder();
    RnnParameter rnn = builder.declareRnn("rnn", RnnSpec.of(Cell.LSTM, 2, 3), 0, RnnInit.DEFAULT);
    try (Rig rig = Rig.of(builder);
        Tape tape = Tape.withoutDropout(rig.backend(), rig.plans(), BUDGET);
        Eval eval = rig.eval()) {
      tape.begin();
      eval.begin();
      assertThat(dropped(tape, rnn)).containsExactly(dropped(eval, rnn));
      assertThat(dropped(rig.begin(), rnn)).isNotEqualTo(dropped(eval, rnn));
    }
  }

  private static float[] dropped(Ops ops, RnnParameter rnn) {
    Var x = ops.constant(Tensor.of(new float[] {1, -2, 3, -4, 5, -6}, 3, 1, 2));
    x = ops.dropout(ops.lockedDropout(x, 0.5), 0.5);
    x = ops.dropRows(Tensor.of(new int[] {0, 1, 2}, 3, 1), x, 0.5);
    Var y = ops.recurDropped(x, Lengths.full(3, 1), rnn, null, 0.5).y();
    float[] values = new float[9];
    ops.backend().memory().download(y.value(), values, 0);
    return values;
  }

  @Test
  void aSeedIsTheGradientThatBackwardBeginsWith() {
    ParameterSet.Builder builder = ParameterSet.builder();
    LinearParameter layer = builder.declareLinear("layer", 2, 1, Init.constant(0));
    try (Rig rig = Rig.of(builder)) {
      Tape tape = rig.begin();
      rig.parameters().zeroGradients();
      Var y = tape.linear(tape.constant(Tensor.of(new float[] {3, -5}, 1, 2)), layer);
      assertThatThrownBy(() -> tape.seed(y, Tensor.of(new float[2], 1, 2)))
          .hasMessageContaining("the gradient to begin with must have shape [1, 1], not [1, 2]");
      tape.seed(y, Tensor.of(new float[] {2}, 1, 1));
      tape.backward();
      float[] d = new float[3];
      rig.backend().memory().download(rig.parameters().gradients(), d, 0);
      assertThat(d).containsExactly(6, -10, 2);
    }
  }

  @Test
  void whatAnObserverSeesHasAGradientEvenWhereNothingIsTrained() {
    ParameterSet.Builder builder = ParameterSet.builder();
    RnnParameter rnn =
        builder.declareRnn("encoder", RnnSpec.of(Cell.GRU, 2, 3), 4, RnnInit.DEFAULT);
    try (Rig rig = Rig.of(builder)) {
      rig.parameters().freeze(p -> true);
      Tape tape = rig.begin();
      Calls calls = new Calls();
      tape.observe(calls);
      Var y =
          tape.recur(
              tape.constant(Tensor.of(new float[] {1, 2, 3, 4}, 2, 1, 2)), Lengths.full(2, 1), rnn);
      tape.seed(y, Tensor.of(new float[] {0, 0, 0, 1, 1, 1}, 2, 1, 3));
      tape.backward();
      Recurred call = calls.seen.get(0);
      assertThat(call.weights().name()).isEqualTo("encoder");
      assertThat(call.weights().firstLayer()).isEqualTo(4);
      float[] dx = new float[4];
      Tensor gradient = Objects.requireNonNull(call.x().gradient());
      rig.backend().memory().download(gradient, dx, 0);
      assertThat(dx).doesNotContain(0);
    }
  }

  @Test
  void anObserverSeesOneStepAlone() {
    ParameterSet.Builder builder = ParameterSet.builder();
    RnnParameter rnn = builder.declareRnn("rnn", RnnSpec.of(Cell.GRU, 2, 3), 0, RnnInit.DEFAULT);
    try (Rig rig = Rig.of(builder)) {
      Calls calls = new Calls();
      Tape tape = rig.begin();
      tape.observe(calls);
      for (int step = 0; step < 2; step++) {
        Var x = tape.constant(Tensor.of(new float[] {1, 2}, 1, 1, 2));
        tape.recur(x, Lengths.full(1, 1), rnn);
        tape.begin();
      }
      assertThat(calls.seen).hasSize(1);
    }
  }
}
