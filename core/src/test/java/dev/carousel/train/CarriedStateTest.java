package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Data;
import dev.carousel.autograd.Eval;
import dev.carousel.autograd.GradientCheck;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Objective;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.RnnInit;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.RecurrentStack;
import dev.carousel.nn.StackSettings;
import dev.carousel.nn.ValueDropout;
import dev.carousel.nn.ValueDropout.Kind;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Lengths;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long sequences in windows: values go on, gradients do not. */
class CarriedStateTest {
  private static final int T = 6;
  private static final int N = 2;
  private static final int C = 2;

  private final ParameterSet.Builder set = ParameterSet.builder();

  /** Layers of one width are one call; of several widths, a call each. */
  private RecurrentStack stack(Cell cell, double dropout, double weightDrop, Integer... widths) {
    return new RecurrentStack(
        set,
        "rnn",
        new StackSettings(
            cell,
            C,
            List.of(widths),
            new ValueDropout(Kind.LOCKED, dropout),
            weightDrop,
            RnnInit.DEFAULT,
            CellVariant.PLAIN));
  }

  private static Var window(Ops ops, RecurrentStack stack, Tensor x, CarriedState carried) {
    List<StateVar> last = new ArrayList<>();
    Lengths lengths = Lengths.full(x.shape().dim(0), N);
    Var y = stack.apply(ops, ops.constant(x), lengths, carried.begin(ops), last);
    carried.keep(last);
    return y;
  }

  @ParameterizedTest
  @CsvSource({"LSTM, 3, 3", "LSTM, 4, 3", "GRU, 3, 3", "GRU, 2, 4"})
  void windowsGiveWhatOneLongUnrollGives(Cell cell, int first, int second) {
    RecurrentStack stack = stack(cell, 0, 0, first, second);
    Tensor all = Data.uniform(1, T, N, C);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval();
        CarriedState carried = new CarriedState(rig.backend(), stack.parts(), N)) {
      eval.begin();
      Var whole =
          stack.apply(eval, eval.constant(all), Lengths.full(T, N), null, new ArrayList<>());
      float[] expected = Data.floats(whole.value());
      int at = 0;
      for (int steps : new int[] {1, 3, 2}) {
        Tensor part = all.slice((long) at * N * C, Shape.of(steps, N, C));
        eval.begin();
        float[] found = Data.floats(window(eval, stack, part, carried).value());
        int from = at * N * second;
        assertThat(found)
            .containsExactly(
                java.util.Arrays.copyOfRange(expected, from, from + found.length), within(1e-6f));
        at += steps;
      }
    }
  }

  @Test
  void theGradientOfAWindowIsThatOfAnUnrollFromAConstantState() {
    RecurrentStack stack = stack(Cell.LSTM, 0.3, 0.4, 3, 4);
    try (Rig rig = Rig.of(set);
        CarriedState carried = new CarriedState(rig.backend(), stack.parts(), N)) {
      window(rig.begin(), stack, Data.uniform(1, T, N, C), carried);
      float[] before = carried.download();
      GradientCheck.check(
          rig,
          ops -> {
            carried.upload(before);
            Var y = window(ops, stack, Data.uniform(2, T, N, C), carried);
            return Objective.of(ops.softmaxLoss(y, Data.ids(3, 4, T, N), LossOptions.PLAIN));
          });
    }
  }

  @Test
  void aResetStateIsThatOfTheFirstWindow() {
    RecurrentStack stack = stack(Cell.LSTM, 0, 0, 3);
    Tensor x = Data.uniform(1, T, N, C);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval();
        CarriedState carried = new CarriedState(rig.backend(), stack.parts(), N)) {
      eval.begin();
      float[] first = Data.floats(window(eval, stack, x, carried).value());
      assertThat(Data.floats(window(eval, stack, x, carried).value())).isNotEqualTo(first);
      carried.reset();
      assertThat(Data.floats(window(eval, stack, x, carried).value())).containsExactly(first);
    }
  }

  @Test
  void aStateOfOtherRowsIsRefused() {
    RecurrentStack stack = stack(Cell.LSTM, 0, 0, 3);
    try (Rig rig = Rig.of(set);
        CarriedState two = new CarriedState(rig.backend(), stack.parts(), 2);
        CarriedState three = new CarriedState(rig.backend(), stack.parts(), 3)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> two.upload(three.download()))
          .withMessageContaining("12 values for 2 rows, not 18");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> two.upload(null))
          .withMessageContaining("not 0");
    }
  }

  @Test
  void theParametersOfAStackAreNamedByLayerHoweverItIsCalled() {
    stack(Cell.LSTM, 0.5, 0, 3, 3);
    try (Rig rig = Rig.of(set)) {
      assertThat(rig.parameters().parameters().stream().map(p -> p.name() + " " + p.shape()))
          .containsExactlyElementsOf(fusedNames());
    }
  }

  private static List<String> fusedNames() {
    CarriedStateTest fused = new CarriedStateTest();
    assertThat(fused.stack(Cell.LSTM, 0, 0, 3, 3).parts()).hasSize(1);
    try (Rig rig = Rig.of(fused.set)) {
      return rig.parameters().parameters().stream().map(p -> p.name() + " " + p.shape()).toList();
    }
  }

  @Test
  void settingsThatWouldBeIgnoredAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stack(Cell.LSTM, 0.5, 0, 3))
        .withMessageContaining("at least two layers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stack(Cell.LSTM, 0, 1, 3))
        .withMessageContaining("below 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stack(Cell.LSTM, 0, 0))
        .withMessageContaining("at least one layer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stack(Cell.LSTM, 1.5, 0, 3, 3))
        .withMessageContaining("below 1");
  }
}
