package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.OutOfArenaException;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapeTest {
  private static final int T = 5;
  private static final int N = 3;

  private final ParameterSet.Builder set = ParameterSet.builder();
  private RnnParameter rnn;
  private LinearParameter out;
  private Parameter unused;
  private Rig rig;

  @BeforeEach
  void declare() {
    rnn = set.declareRnn("rnn", RnnSpec.of(Cell.LSTM, 2, 4), 0, RnnInit.DEFAULT);
    out = set.declareLinear("out", 4, 3, Init.xavier());
    unused = set.declare("unused", Init.constant(1), 3);
    rig = Rig.of(set);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Var logits(Ops ops, double dropout) {
    Var x = ops.constant(Data.uniform(1, T, N, 2));
    Var h = ops.recur(x, Lengths.onHost(T, 5, 0, 2), rnn);
    return ops.linear(ops.lockedDropout(ops.dropout(h, dropout), dropout), out);
  }

  private Tensor step(Ops ops, double dropout) {
    return ops.softmaxLoss(logits(ops, dropout), Data.ids(2, 3, T, N), LossOptions.PLAIN);
  }

  @Test
  void anEvaluationGivesTheBitsOfATapeWithoutDropout() {
    try (Eval eval = rig.eval()) {
      eval.begin();
      Tensor plain = logits(eval, 0.5).value();
      Tensor taped = logits(rig.begin(), 0).value();
      assertThat(Data.floats(plain)).containsExactly(Data.floats(taped));
    }
  }

  @Test
  void dropoutChangesFromStepToStepAndComesBackWithItsStep() {
    Tape tape = rig.begin();
    float[] first = Data.floats(logits(tape, 0.5).value());
    tape.begin();
    float[] second = Data.floats(logits(tape, 0.5).value());
    assertThat(second).isNotEqualTo(first);
    int step = tape.noiseStep();
    tape.begin();
    tape.noise(7, step - 1);
    tape.begin();
    assertThat(Data.floats(logits(tape, 0.5).value())).containsExactly(second);
  }

  @Test
  void twoDropoutsOfOneStepDropDifferentUnits() {
    Tape tape = rig.begin();
    Var x = tape.input(Data.uniform(3, 8, 8));
    assertThat(Data.floats(tape.dropout(x, 0.5).value()))
        .isNotEqualTo(Data.floats(tape.dropout(x, 0.5).value()));
  }

  @Test
  void equalStepsTakeEqualAddressesAndNoMoreMemory() {
    List<Long> offsets = new ArrayList<>();
    Tape tape = rig.tape();
    for (int i = 0; i < 5; i++) {
      tape.begin();
      offsets.add(step(tape, 0.2).offset());
      tape.backward();
      offsets.add(tape.highWater());
    }
    List<Long> firstStep = offsets.subList(0, 2);
    for (int i = 2; i < offsets.size(); i += 2) {
      assertThat(offsets.subList(i, i + 2)).isEqualTo(firstStep);
    }
  }

  @Test
  void gradientsOfTwoStepsAddUp() {
    Objective o = ops -> Objective.of(step(ops, 0));
    double[] once = rig.gradient(o);
    o.value(rig.begin());
    rig.tape().backward();
    float[] twice = Data.floats(rig.parameters().gradients());
    for (int i = 0; i < once.length; i++) {
      assertThat(twice[i]).isEqualTo((float) (2 * once[i]));
    }
  }

  @Test
  void aParameterThatIsNotUsedHasNoGradient() {
    rig.gradient(ops -> Objective.of(step(ops, 0)));
    assertThat(Data.floats(unused.gradient())).containsOnly(0);
    assertThat(Data.floats(out.weight().gradient())).doesNotContain(0);
  }

  @Test
  void aValueThatLeadsToNoLossHasNoGradient() {
    Tape tape = rig.begin();
    Var x = tape.input(Data.uniform(1, T, N, 2));
    Var aside = tape.scale(x, 2);
    Var h = tape.recur(x, Lengths.full(T, N), rnn);
    tape.softmaxLoss(tape.linear(h, out), Data.ids(2, 3, T, N), LossOptions.PLAIN);
    tape.backward();
    assertThat(aside.gradient()).isNull();
    assertThat(x.gradient()).isNotNull();
  }

  @Test
  void aConstantGetsNoGradient() {
    Tape tape = rig.begin();
    Var x = tape.constant(Data.uniform(1, T, N, 4));
    tape.softmaxLoss(tape.linear(x, out), Data.ids(2, 3, T, N), LossOptions.PLAIN);
    tape.backward();
    assertThat(x.needsGradient()).isFalse();
    assertThat(x.gradient()).isNull();
  }

  @Test
  void theWeightOfALossMultipliesItsGradientAndNotItsValue() {
    double[] whole = rig.gradient(ops -> Objective.of(step(ops, 0)));
    double[] quarter =
        rig.gradient(
            ops ->
                Objective.of(
                    ops.softmaxLoss(
                        logits(ops, 0), Data.ids(2, 3, T, N), LossOptions.PLAIN.withWeight(0.25))));
    for (int i = 0; i < whole.length; i++) {
      assertThat(quarter[i]).isEqualTo((float) (whole[i] / 4));
    }
  }

  @Test
  void aStepCannotBeRunBackwardsTwice() {
    step(rig.begin(), 0);
    rig.tape().backward();
    assertThatIllegalStateException()
        .isThrownBy(rig.tape()::backward)
        .withMessageContaining("begin the next");
    assertThatIllegalStateException().isThrownBy(() -> step(rig.tape(), 0));
  }

  @Test
  void aStepBeyondTheBudgetSaysSo() {
    try (Tape small = new Tape(rig.backend(), rig.plans(), 1000, 1)) {
      small.begin();
      assertThatThrownBy(() -> step(small, 0))
          .isInstanceOf(OutOfArenaException.class)
          .hasMessageContaining("of 1000 bytes");
    }
  }

  @Test
  void aModelWhoseParametersAreClosedSaysSo() {
    try (Eval eval = rig.eval()) {
      rig.parameters().close();
      eval.begin();
      assertThatIllegalStateException()
          .isThrownBy(() -> logits(eval, 0))
          .withMessageContaining("parameters are closed");
    }
  }

  @Test
  void aLossRefusesOptionsThatItDoesNotKnow() {
    Tape tape = rig.begin();
    Var x = tape.constant(Data.uniform(1, N, 3));
    assertThatThrownBy(
            () -> tape.sigmoidLoss(x, Data.uniform(2, N, 3), new LossOptions(null, 0.1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no label smoothing");
  }

  @Test
  void layersOfASetThatIsNotBuiltSayWhichOne() {
    ParameterSet.Builder other = ParameterSet.builder();
    LinearParameter early = other.declareLinear("early", 2, 2, Init.xavier());
    Tape tape = rig.begin();
    assertThatIllegalStateException()
        .isThrownBy(() -> tape.linear(tape.constant(Data.uniform(1, N, 2)), early))
        .withMessageContaining("early.weight");
  }

  @Test
  void manyThreadsEvaluateOneSetOfParametersAlike() throws InterruptedException {
    float[] expected;
    try (Eval eval = rig.eval()) {
      eval.begin();
      expected = Data.floats(logits(eval, 0).value());
    }
    List<float[]> answers = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(new Thread(() -> answers.addAll(evaluate(20))));
    }
    threads.forEach(Thread::start);
    for (Thread t : threads) {
      t.join();
    }
    assertThat(answers).hasSize(160).allSatisfy(a -> assertThat(a).containsExactly(expected));
  }

  private List<float[]> evaluate(int times) {
    List<float[]> answers = new ArrayList<>();
    try (Eval eval = rig.eval()) {
      for (int i = 0; i < times; i++) {
        eval.begin();
        answers.add(Data.floats(logits(eval, 0).value()));
      }
    }
    return answers;
  }
}
