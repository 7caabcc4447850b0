package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import dev.carousel.spi.Philox;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weight drop and the two activation penalties against differences and formulas. */
class RegularisationTest {
  private static final int T = 4;
  private static final int N = 2;
  private static final int H = 3;
  private static final double RATE = 0.5;

  /** Keeps the scaled weights where differences of the check's step are good. */
  private static final double GENTLE = 0.25;

  private static final int RIG_SEED = 7;

  private final ParameterSet.Builder set = ParameterSet.builder();

  private static Var input(Ops ops, long seed) {
    return ops.constant(Data.uniform(seed, T, N, 2));
  }

  private static Tensor loss(Ops ops, Var h) {
    return ops.softmaxLoss(h, Data.ids(9, h.shape().dim(2), T, N), LossOptions.PLAIN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Cell.class,
      names = {"LSTM", "GRU", "GRU_RESET_BEFORE", "RNN_TANH"})
  void theGradientPassesThroughTheMaskOfTwoWindowsOfAStep(Cell cell) {
    RnnSpec spec = RnnSpec.of(cell, 2, H).withLayers(2);
    RnnParameter rnn = set.declareRnn("rnn", spec, 0, RnnInit.DEFAULT);
    Lengths ragged = Lengths.onHost(T, T, 2);
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            Recurrence a = ops.recurDropped(input(ops, 1), ragged, rnn, null, GENTLE);
            Recurrence b = ops.recurDropped(input(ops, 2), ragged, rnn, a.last(), GENTLE);
            return Objective.of(loss(ops, b.y()));
          });
    }
  }

  @Test
  void theMaskIsPhiloxOverEachHiddenMatrixWithASiteOfItsOwn() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 2, H).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    RnnParameter rnn = set.declareRnn("rnn", spec, 0, RnnInit.DEFAULT);
    try (Rig rig = Rig.of(set)) {
      float[] dropped = Data.floats(outputs(rig.begin(), rnn, RATE));
      rig.parameters().upload(masked(spec, rig.parameters().download()));
      assertThat(dropped).containsExactly(Data.floats(outputs(rig.begin(), rnn, 0)));
    }
  }

  /** The first step's noise step is 1; sites count from 0. */
  private static float[] masked(RnnSpec spec, float[] weights) {
    int site = 0;
    for (WeightBlock block : WeightLayout.of(spec).blocks()) {
      if (block.role() == WeightRole.HIDDEN_WEIGHT) {
        for (int i = 0; i < block.shape().size(); i++) {
          int word = Philox.word(RIG_SEED, 0, 1, site, i);
          boolean kept = Integer.compareUnsigned(word, Philox.threshold(RATE)) >= 0;
          weights[(int) block.offset() + i] *= kept ? (float) (1 / (1 - RATE)) : 0;
        }
        site++;
      }
    }
    return weights;
  }

  private static Tensor outputs(Ops ops, RnnParameter rnn, double rate) {
    return ops.recurDropped(input(ops, 1), Lengths.full(T, N), rnn, null, rate).y().value();
  }

  @Test
  void anEvaluationDropsNoWeights() {
    RnnParameter rnn = set.declareRnn("rnn", RnnSpec.of(Cell.GRU, 2, H), 0, RnnInit.DEFAULT);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      float[] plain = Data.floats(outputs(eval, rnn, 0));
      assertThat(Data.floats(outputs(eval, rnn, RATE))).containsExactly(plain);
      assertThat(Data.floats(outputs(rig.begin(), rnn, RATE))).isNotEqualTo(plain);
    }
  }

  @Test
  void everyStepDropsOtherWeightsButOneStepDropsTheSame() {
    RnnParameter rnn = set.declareRnn("rnn", RnnSpec.of(Cell.LSTM, 2, H), 0, RnnInit.DEFAULT);
    try (Rig rig = Rig.of(set)) {
      Tape tape = rig.begin();
      float[] first = Data.floats(outputs(tape, rnn, RATE));
      assertThat(Data.floats(outputs(tape, rnn, RATE))).containsExactly(first);
      tape.begin();
      assertThat(Data.floats(outputs(tape, rnn, RATE))).isNotEqualTo(first);
    }
  }

  @Test
  void aSecondRateWithinAStepIsRefused() {
    RnnParameter rnn = set.declareRnn("rnn", RnnSpec.of(Cell.LSTM, 2, H), 0, RnnInit.DEFAULT);
    try (Rig rig = Rig.of(set)) {
      Tape tape = rig.begin();
      outputs(tape, rnn, RATE);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> outputs(tape, rnn, 0.25))
          .withMessageContaining("at rate 0.5 already")
          .withMessageContaining("not at 0.25");
    }
  }

  @Test
  void bothActivationPenaltiesHaveTheGradientOfTheirFormula() {
    RnnParameter rnn = set.declareRnn("rnn", RnnSpec.of(Cell.LSTM, 2, H), 0, RnnInit.DEFAULT);
    try (Rig rig = Rig.of(set)) {
      GradientCheck.check(
          rig,
          ops -> {
            Var h = ops.recur(input(ops, 1), Lengths.full(T, N), rnn);
            ops.penalizeSize(h, 2);
            ops.penalizeChange(h, 3);
            double penalty = 2 * size(h.value()) + 3 * change(h.value());
            Tensor value = Tensor.of(new float[] {(float) penalty, 1}, 2);
            return List.of(new Objective.Term(loss(ops, h), 1), new Objective.Term(value, 1));
          });
    }
  }

  @Test
  void oneStepAloneHasNoChange() {
    Parameter p = set.declare("p", Init.constant(1), 1, N, H);
    try (Rig rig = Rig.of(set)) {
      rig.parameters().zeroGradients();
      Tape tape = rig.begin();
      tape.penalizeChange(tape.parameter(p), 3);
      tape.backward();
      assertThat(Data.floats(p.gradient())).containsOnly(0);
    }
  }

  /** Mean square. */
  private static double size(Tensor x) {
    double sum = 0;
    for (float v : Data.floats(x)) {
      sum += (double) v * v;
    }
    return sum / x.size();
  }

  /** Mean square of the changes from step to step. */
  private static double change(Tensor x) {
    float[] v = Data.floats(x);
    double sum = 0;
    for (int i = N * H; i < v.length; i++) {
      double d = (double) v[i] - v[i - N * H];
      sum += d * d;
    }
    return sum / (v.length - N * H);
  }
}
