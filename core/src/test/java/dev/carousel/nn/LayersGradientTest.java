package dev.carousel.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Attended;
import dev.carousel.autograd.Data;
import dev.carousel.autograd.Eval;
import dev.carousel.autograd.GradientCheck;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Objective;
import dev.carousel.autograd.Objective.Term;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Recurrence;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole models of layers, their gradients against differences. */
class LayersGradientTest {
  private static final int T = 4;
  private static final int N = 3;
  private static final int WORDS = 6;
  private static final Lengths RAGGED = Lengths.onHost(T, 4, 2, 3);

  private final ParameterSet.Builder set = ParameterSet.builder();

  private static Tensor words() {
    return Tensor.of(new int[] {0, 1, 2, 3, 4, 5, 0, -1, 2, 5, -1, -1}, T, N);
  }

  private static Tensor loss(Ops ops, Var logits, int classes) {
    return ops.softmaxLoss(logits, Data.ids(9, classes, N), LossOptions.PLAIN);
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void aBidirectionalClassifierWithEveryPooling(Pooling pooling) {
    Embedding embedding = new Embedding(set, "embedding", WORDS, 3, Init.normal(1));
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 3, 3).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    Recurrent encoder = new Recurrent(set, "encoder", RecurrentSettings.of(spec).withDropout(0.25));
    Linear head = new Linear(set, "head", 6, 3);
    Tensor classWeights = Tensor.of(new float[] {1, 0.5f, 2}, 3);
    try (Rig rig = Rig.of(set)) {
      Objective objective =
          ops -> {
            Var x = ops.dropout(embedding.apply(ops, words()), 0.2);
            Var h = encoder.apply(ops, x, RAGGED);
            Var v = ops.pool(pooling, Direction.BIDIRECTIONAL, h, RAGGED);
            return Objective.of(
                ops.softmaxLoss(
                    head.apply(ops, v), Data.ids(9, 3, N), new LossOptions(classWeights, 0.1, 1)));
          };
      if (pooling == Pooling.MAX) {
        GradientCheck.checkKinked(rig, objective);
      } else {
        GradientCheck.check(rig, objective);
      }
    }
  }

  @Test
  void attentionPooling() {
    Recurrent encoder = new Recurrent(set, "encoder", RecurrentSettings.gru(2, 4));
    AttentionPooling pooling = new AttentionPooling(set, "pool", 4, 3);
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            Var h = encoder.apply(ops, ops.constant(Data.uniform(1, T, N, 2)), RAGGED);
            return Objective.of(loss(ops, pooling.apply(ops, h, RAGGED).out(), 4));
          });
    }
  }

  @Test
  void attentionWeightsSumToOneOverTheRealStepsOnly() {
    AttentionPooling pooling = new AttentionPooling(set, "pool", 2, 3);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      Attended a = pooling.apply(eval, eval.constant(Data.uniform(1, T, N, 2)), RAGGED);
      float[] w = Data.floats(a.weights());
      for (int n = 0; n < N; n++) {
        double sum = 0;
        for (int t = 0; t < T; t++) {
          float weight = w[n * T + t];
          sum += weight;
          assertThat(weight == 0).isEqualTo(t >= RAGGED.host(n));
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Merge.class)
  void everyMergeOfTwoDirections(Merge merge) {
    RnnSpec spec = RnnSpec.of(Cell.RNN_TANH, 2, 3).withDirection(Direction.BIDIRECTIONAL);
    RecurrentSettings settings = RecurrentSettings.of(spec).withMerge(merge);
    Recurrent encoder = new Recurrent(set, "encoder", settings);
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            Var h = encoder.apply(ops, ops.constant(Data.uniform(1, T, N, 2)), RAGGED);
            assertThat(h.shape().dims()).containsExactly(T, N, settings.outputSize());
            return Objective.of(
                loss(
                    ops,
                    ops.pool(Pooling.MEAN, Direction.FORWARD, h, RAGGED),
                    settings.outputSize()));
          });
    }
  }

  @Test
  void mergesComputeWhatTheySay() {
    float[] concat = merged(Merge.CONCAT);
    float[] sum = merged(Merge.SUM);
    float[] average = merged(Merge.AVERAGE);
    float[] product = merged(Merge.MULTIPLY);
    for (int row = 0; row < T * N; row++) {
      for (int j = 0; j < 3; j++) {
        float f = concat[6 * row + j];
        float b = concat[6 * row + 3 + j];
        assertThat(sum[3 * row + j]).isEqualTo(f + b);
        assertThat(average[3 * row + j]).isEqualTo((f + b) / 2);
        assertThat(product[3 * row + j]).isEqualTo(f * b);
      }
    }
  }

  private static float[] merged(Merge merge) {
    ParameterSet.Builder declared = ParameterSet.builder();
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 2, 3).withDirection(Direction.BIDIRECTIONAL);
    Recurrent encoder =
        new Recurrent(declared, "encoder", RecurrentSettings.of(spec).withMerge(merge));
    try (Rig rig = Rig.of(declared);
        Eval eval = rig.eval()) {
      eval.begin();
      return Data.floats(
          encoder.apply(eval, eval.constant(Data.uniform(1, T, N, 2)), RAGGED).value());
    }
  }

  @Test
  void stateCarriedThroughTwoSpans() {
    Recurrent lstm = new Recurrent(set, "lstm", RecurrentSettings.lstm(2, 3));
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            Var first = ops.constant(Data.uniform(1, T, N, 2));
            Var second = ops.constant(Data.uniform(2, T, N, 2));
            Recurrence a = lstm.applyWithState(ops, first, RAGGED, null);
            Recurrence b = lstm.applyWithState(ops, second, RAGGED, a.last());
            Var end = ops.pool(Pooling.LAST, Direction.FORWARD, b.y(), RAGGED);
            return Objective.of(loss(ops, end, 3));
          });
    }
  }

  @Test
  void aSequenceInTwoSpansGivesWhatItGivesInOne() {
    Recurrent lstm = new Recurrent(set, "lstm", RecurrentSettings.lstm(2, 3));
    Tensor all = Data.uniform(1, T, N, 2);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      float[] whole = Data.floats(lstm.apply(eval, eval.constant(all), Lengths.full(T, N)).value());
      Lengths half = Lengths.full(T / 2, N);
      int size = T / 2 * N * 2;
      Tensor head = all.slice(0, dev.carousel.tensor.Shape.of(T / 2, N, 2));
      Tensor tail = all.slice(size, dev.carousel.tensor.Shape.of(T / 2, N, 2));
      Recurrence a = lstm.applyWithState(eval, eval.constant(head), half, null);
      Recurrence b = lstm.applyWithState(eval, eval.constant(tail), half, a.last());
      // between spans the state is rounded to single precision
      assertThat(Data.floats(a.y().value())).containsExactly(part(whole, 0), within(1e-6f));
      assertThat(Data.floats(b.y().value())).containsExactly(part(whole, 1), within(1e-6f));
    }
  }

  private static float[] part(float[] whole, int half) {
    int size = whole.length / 2;
    return java.util.Arrays.copyOfRange(whole, half * size, (half + 1) * size);
  }

  @Test
  void aStackWithDropoutCarriesAStateForEachLayer() {
    Recurrent stack =
        new Recurrent(
            set,
            "stack",
            RecurrentSettings.of(RnnSpec.of(Cell.GRU, 2, 3).withLayers(2)).withDropout(0.3));
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            List<StateVar> states = new ArrayList<>();
            Var x = ops.constant(Data.uniform(1, T, N, 2));
            stack.applyStack(ops, x, RAGGED, null, states);
            List<StateVar> last = new ArrayList<>();
            Var y = stack.applyStack(ops, x, RAGGED, states, last);
            Var end = ops.reshape(last.get(0).h(), N, 3);
            return List.of(
                new Term(loss(ops, end, 3), 1),
                new Term(loss(ops, ops.pool(Pooling.MAX, Direction.FORWARD, y, RAGGED), 3), 1));
          });
    }
  }

  @Test
  void aStackWithDropoutRefusesASingleState() {
    Recurrent stack =
        new Recurrent(
            set,
            "stack",
            RecurrentSettings.of(RnnSpec.of(Cell.GRU, 2, 3).withLayers(2)).withDropout(0.3));
    try (Rig rig = Rig.of(set)) {
      Ops ops = rig.begin();
      Var x = ops.constant(Data.uniform(1, T, N, 2));
      assertThatIllegalStateException()
          .isThrownBy(() -> stack.applyWithState(ops, x, RAGGED, null))
          .withMessageContaining("applyStack");
      assertThat(stack.parts()).isEqualTo(2);
    }
  }

  @Test
  void aStackHasTheSameParametersWithDropoutAndWithout() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 2, 3).withLayers(3).withDirection(Direction.BIDIRECTIONAL);
    assertThat(parameters(RecurrentSettings.of(spec).withDropout(0.1)))
        .isEqualTo(parameters(RecurrentSettings.of(spec)))
        .contains("stack.weight_hh_l2_reverse [12, 3]");
  }

  private static List<String> parameters(RecurrentSettings settings) {
    ParameterSet.Builder declared = ParameterSet.builder();
    Recurrent stack = new Recurrent(declared, "stack", settings);
    try (Rig rig = Rig.of(declared)) {
      assertThat(stack.settings()).isEqualTo(settings);
      return rig.parameters().parameters().stream().map(p -> p.name() + " " + p.shape()).toList();
    }
  }

  @Test
  void anLstmStackGivesTheSameWithTheDropoutSwitchedOff() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 2, 3).withLayers(2);
    // between calls the values are rounded to single precision
    assertThat(evaluated(RecurrentSettings.of(spec).withDropout(0.5)))
        .containsExactly(evaluated(RecurrentSettings.of(spec)), within(1e-6f));
  }

  private static float[] evaluated(RecurrentSettings settings) {
    ParameterSet.Builder declared = ParameterSet.builder();
    Recurrent stack = new Recurrent(declared, "stack", settings);
    try (Rig rig = Rig.of(declared);
        Eval eval = rig.eval()) {
      eval.begin();
      return Data.floats(
          stack.apply(eval, eval.constant(Data.uniform(1, T, N, 2)), RAGGED).value());
    }
  }

  @Test
  void settingsThatWouldBeIgnoredAreRefused() {
    RecurrentSettings one = RecurrentSettings.lstm(2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.withDropout(0.5))
        .withMessageContaining("at least two layers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.withMerge(Merge.SUM))
        .withMessageContaining("bidirectional");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.withDropout(1))
        .withMessageContaining("below 1");
  }
}
