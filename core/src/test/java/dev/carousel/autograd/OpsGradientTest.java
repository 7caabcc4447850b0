package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Objective.Term;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Activation;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tape's gradients of small models, operation by operation, against differences. */
class OpsGradientTest {
  private static final int T = 4;
  private static final int N = 3;
  private static final Lengths RAGGED = Lengths.onHost(T, 4, 2, 3);

  private final ParameterSet.Builder set = ParameterSet.builder();

  private static Init start() {
    return Init.uniform(0.4);
  }

  /** Cross entropy of [..., 3] against fixed labels. */
  private static Tensor loss(Ops ops, Var logits) {
    return ops.softmaxLoss(logits, Data.ids(5, 3, leading(logits)), LossOptions.PLAIN);
  }

  private static int[] leading(Var v) {
    int[] dims = v.shape().dims();
    return java.util.Arrays.copyOf(dims, dims.length - 1);
  }

  private void check(Objective objective) {
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(rig, objective);
    }
  }

  private void check(Cell cell, Objective objective) {
    if (cell != Cell.RNN_RELU) {
      check(objective);
      return;
    }
    try (Rig rig = Rig.of(set)) {
      float[] values = rig.parameters().download();
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.3f; // most units alive
      }
      rig.parameters().upload(values);
      GradientCheck.checkKinked(rig, objective);
    }
  }

  @Test
  void aValueUsedTwiceGetsTheSumOfItsGradients() {
    Parameter p = set.declare("p", start(), N, 3);
    check(
        ops -> {
          Var v = ops.parameter(p);
          Var twice = ops.add(v, v);
          return Objective.of(loss(ops, ops.add(ops.multiply(twice, v), ops.multiply(v, v))));
        });
  }

  @Test
  void aParameterTakenTwiceGetsTheSumOfItsGradients() {
    Parameter p = set.declare("p", start(), N, 3);
    check(
        ops ->
            Objective.of(
                loss(ops, ops.multiply(ops.parameter(p), ops.scale(ops.parameter(p), -1.5)))));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activations(Activation f) {
    Parameter p = set.declare("p", start(), N, 3);
    check(ops -> Objective.of(loss(ops, ops.activate(f, ops.scale(ops.parameter(p), 3)))));
  }

  @Test
  void splitAndConcatWithAPartUsedTwice() {
    Parameter p = set.declare("p", start(), N, 5);
    check(
        ops -> {
          List<Var> parts = ops.split(ops.parameter(p), 2, 1, 2);
          Var joined = ops.concat(parts.get(2), parts.get(1));
          Var product = ops.concat(ops.multiply(parts.get(0), parts.get(2)), parts.get(1));
          return Objective.of(loss(ops, ops.add(joined, product)));
        });
  }

  @Test
  void aSplitWithAnUnusedPartGivesThatPartNoGradient() {
    Parameter p = set.declare("p", start(), N, 5);
    try (Rig rig = Rig.of(set)) {
      double[] g =
          rig.gradient(ops -> Objective.of(loss(ops, ops.split(ops.parameter(p), 3, 2).get(0))));
      for (int n = 0; n < N; n++) {
        assertThat(g[5 * n]).isNotZero();
        assertThat(new double[] {g[5 * n + 3], g[5 * n + 4]}).containsOnly(0);
      }
    }
  }

  @Test
  void reshapedAndUsedInBothShapes() {
    Parameter p = set.declare("p", start(), N, 6);
    check(
        ops -> {
          Var wide = ops.parameter(p);
          Var tall = ops.reshape(wide, 2 * N, 3);
          Var squares = ops.reshape(ops.multiply(wide, wide), 2 * N, 3);
          return Objective.of(loss(ops, ops.add(tall, squares)));
        });
  }

  @Test
  void theGradientOfAReshapedValueIsNotThatOfTheWhole() {
    try (Rig rig = Rig.of(set)) {
      Tape tape = rig.begin();
      Var x = tape.input(Data.uniform(3, N, 3));
      Var shaped = tape.reshape(x, N, 3);
      loss(tape, tape.scale(x, 2));
      loss(tape, shaped);
      tape.backward();
      float[] all = Data.floats(x.gradient());
      float[] part = Data.floats(shaped.gradient());
      assertThat(part).isNotEqualTo(all);
    }
  }

  @Test
  void embeddingsGatherRepeatedAndAbsentRows() {
    Parameter table = set.declare("table", start(), 6, 3);
    Tensor ids = Tensor.of(new int[] {0, 5, 5, -1, 2, 0, 1, 3, 4, -1, 5, 2}, T, N);
    check(ops -> Objective.of(loss(ops, ops.embed(ids, table))));
  }

  @Test
  void linearOverTwoAxesWithATiedMatrix() {
    Parameter table = set.declare("table", start(), 6, 3);
    LinearParameter out = set.matrix(table, set.declare("bias", start(), 6));
    Tensor ids = Data.ids(2, 6, T, N);
    check(
        ops ->
            Objective.of(
                ops.softmaxLoss(
                    ops.linear(ops.embed(ids, table), out), Data.ids(3, 6, T, N), smoothed())));
  }

  private static LossOptions smoothed() {
    return new LossOptions(Tensor.of(new float[] {1, 2, 0.5f, 1, 3, 1}, 6), 0.1, 1);
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void poolingOverRaggedRows(Pooling pooling) {
    LinearParameter in = set.declareLinear("in", 2, 3, start());
    check(
        ops ->
            Objective.of(
                loss(
                    ops,
                    ops.pool(
                        pooling,
                        Direction.FORWARD,
                        ops.linear(ops.constant(Data.uniform(1, T, N, 2)), in),
                        RAGGED))));
  }

  @Test
  void attentionWithKeysAndValuesOfOneSource() {
    LinearParameter q = set.declareLinear("q", 2, 3, start());
    LinearParameter k = set.declareLinear("k", 2, 3, start());
    check(
        ops -> {
          Var memory = ops.linear(ops.constant(Data.uniform(1, T, N, 2)), k);
          Var query = ops.linear(ops.constant(Data.uniform(2, 2, N, 2)), q);
          return Objective.of(
              loss(ops, ops.attend(query, memory, memory, RAGGED, 1 / Math.sqrt(3)).out()));
        });
  }

  @Test
  void additiveAttentionWithKeysAndValuesOfOneSource() {
    LinearParameter q = set.declareLinear("q", 2, 3, start());
    LinearParameter k = set.declareLinear("k", 2, 3, start());
    Parameter energy = set.declare("energy", start(), 3);
    check(
        ops -> {
          Var memory = ops.linear(ops.constant(Data.uniform(1, T, N, 2)), k);
          Var query = ops.linear(ops.constant(Data.uniform(2, 2, N, 2)), q);
          return Objective.of(
              loss(ops, ops.attendAdditively(query, memory, memory, RAGGED, energy).out()));
        });
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void aRecurrentLayerAppliedTwiceInAStep(Cell cell) {
    RnnParameter rnn = set.declareRnn("rnn", RnnSpec.of(cell, 3, 3), 0, RnnInit.DEFAULT);
    check(
        cell,
        ops -> {
          Var x = ops.constant(Data.uniform(1, T, N, 3));
          return Objective.of(
              loss(ops, ops.recur(ops.recur(x, RAGGED, rnn), Lengths.full(T, N), rnn)));
        });
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void theStateCarriedFromOneSpanToTheNext(Cell cell) {
    RnnSpec spec = RnnSpec.of(cell, 2, 3).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    RnnParameter rnn = set.declareRnn("rnn", spec, 0, RnnInit.DEFAULT);
    LinearParameter out = set.declareLinear("out", 6, 3, start());
    check(
        cell,
        ops -> {
          Var first = ops.constant(Data.uniform(1, T, N, 2));
          Var second = ops.constant(Data.uniform(2, 2, N, 2));
          Recurrence a = ops.recurWithState(first, RAGGED, rnn, null);
          Recurrence b = ops.recurWithState(second, Lengths.onHost(2, 1, 2, 0), rnn, a.last());
          Var states = ops.reshape(b.last().h(), 4 * N, 3);
          return List.of(
              new Term(loss(ops, ops.linear(b.y(), out)), 1), new Term(loss(ops, states), 1));
        });
  }

  @Test
  void onlyTheCellStateOfAnLstmIsUsed() {
    RnnParameter rnn = set.declareRnn("rnn", RnnSpec.of(Cell.LSTM, 2, 3), 0, RnnInit.DEFAULT);
    check(
        ops -> {
          Var x = ops.constant(Data.uniform(1, T, N, 2));
          StateVar last = ops.recurWithState(x, RAGGED, rnn, null).last();
          return Objective.of(loss(ops, ops.reshape(last.c(), N, 3)));
        });
  }

  @Test
  void aProjectedLstm() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 2, 5).withProjection(3).withLayers(2);
    RnnParameter rnn = set.declareRnn("rnn", spec, 0, RnnInit.DEFAULT);
    check(
        ops ->
            Objective.of(
                loss(ops, ops.recur(ops.constant(Data.uniform(1, T, N, 2)), RAGGED, rnn))));
  }

  @Test
  void severalLossesOfDifferentWeightsOverOneValue() {
    LinearParameter in = set.declareLinear("in", 2, 3, start());
    Parameter transitions = set.declare("transitions", start(), 5, 3);
    Tensor targets = Tensor.of(new float[] {0, 1, 1, 1, 0.5f, 0, 1, 1, 0}, N, 3);
    check(
        ops -> {
          Var x = ops.linear(ops.constant(Data.uniform(1, T, N, 2)), in);
          Var mean = ops.pool(Pooling.MEAN, Direction.FORWARD, x, RAGGED);
          LossOptions positive = new LossOptions(Tensor.of(new float[] {2, 1, 0.5f}, 3), 0, 0.25);
          return List.of(
              new Term(
                  ops.crfLoss(
                      x,
                      transitions,
                      Data.ids(4, 3, T, N),
                      RAGGED,
                      LossOptions.PLAIN.withWeight(2)),
                  2),
              new Term(ops.sigmoidLoss(mean, targets, positive), 0.25),
              new Term(loss(ops, x), 1));
        });
  }

  @Test
  void dropoutDropsTheSameUnitsBackward() {
    LinearParameter in = set.declareLinear("in", 2, 3, start());
    Tensor ids = Data.ids(1, 4, T, N);
    check(
        ops -> {
          Var x = ops.linear(ops.constant(Data.uniform(1, T, N, 2)), in);
          Var dropped = ops.dropRows(ids, ops.lockedDropout(ops.dropout(x, 0.3), 0.3), 0.3);
          return Objective.of(loss(ops, dropped));
        });
  }

  @Test
  void anInputHasTheGradientThatDifferencesGive() {
    LinearParameter in = set.declareLinear("in", 3, 3, start());
    float[] values = Data.floats(Data.uniform(6, N, 3));
    try (Rig rig = Rig.of(set)) {
      Tape tape = rig.begin();
      Var x = tape.input(Tensor.of(values, N, 3));
      loss(tape, tape.activate(Activation.TANH, tape.linear(x, in)));
      tape.backward();
      float[] gradient = Data.floats(x.gradient());
      for (int i = 0; i < values.length; i++) {
        double h = 0.05;
        double slope = (lossOf(rig, in, values, i, h) - lossOf(rig, in, values, i, -h)) / (2 * h);
        assertThat(gradient[i]).isCloseTo((float) slope, within(5e-4f));
      }
    }
  }

  private static double lossOf(Rig rig, LinearParameter in, float[] values, int at, double h) {
    float[] moved = values.clone();
    moved[at] += (float) h;
    Objective o =
        ops ->
            Objective.of(
                loss(
                    ops,
                    ops.activate(
                        Activation.TANH, ops.linear(ops.constant(Tensor.of(moved, N, 3)), in))));
    return rig.value(o);
  }
}
