package dev.carousel.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.inspect.Recorder.Traces;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.nn.SelfAttention;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a recorder says of gates, against what their equations say. */
class RecorderTest {
  private static final int STEPS = 5;

  @Test
  void theGatesOfAnLstmExplainItsCellAndItsOutput() {
    LayerTrace lstm = only(Cell.LSTM);
    assertThat(lstm.gates().keySet())
        .containsExactly(
            Gate.INPUT, Gate.FORGET, Gate.CANDIDATE, Gate.OUTPUT, Gate.CELL, Gate.HIDDEN);
    for (int t = 0; t < STEPS; t++) {
      for (int j = 0; j < 3; j++) {
        double before = t == 0 ? 0 : lstm.gate(Gate.CELL)[t - 1][j];
        double c =
            lstm.gate(Gate.FORGET)[t][j] * before
                + lstm.gate(Gate.INPUT)[t][j] * lstm.gate(Gate.CANDIDATE)[t][j];
        assertThat((double) lstm.gate(Gate.CELL)[t][j]).isCloseTo(c, within(1e-6));
        assertThat((double) lstm.gate(Gate.HIDDEN)[t][j])
            .isCloseTo(lstm.gate(Gate.OUTPUT)[t][j] * Math.tanh(c), within(1e-6));
      }
    }
  }

  @Test
  void theGatesOfAGruExplainItsOutput() {
    for (Cell cell : List.of(Cell.GRU, Cell.GRU_RESET_BEFORE)) {
      LayerTrace gru = only(cell);
      assertThat(gru.gates().keySet())
          .containsExactly(Gate.RESET, Gate.UPDATE, Gate.NEW, Gate.HIDDEN);
      for (int t = 0; t < STEPS; t++) {
        for (int j = 0; j < 3; j++) {
          double z = gru.gate(Gate.UPDATE)[t][j];
          double before = t == 0 ? 0 : gru.gate(Gate.HIDDEN)[t - 1][j];
          assertThat((double) gru.gate(Gate.HIDDEN)[t][j])
              .isCloseTo((1 - z) * gru.gate(Gate.NEW)[t][j] + z * before, within(1e-6));
        }
      }
    }
  }

  @Test
  void aPlainNetworkHasNoGateButItsOutput() {
    assertThat(only(Cell.RNN_TANH).gates().keySet()).containsExactly(Gate.HIDDEN);
    assertThatThrownBy(() -> only(Cell.RNN_RELU).gate(Gate.FORGET))
        .hasMessageContaining("RNN_RELU has no gate FORGET");
  }

  private static LayerTrace only(Cell cell) {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent rnn = new Recurrent(set, "rnn", RecurrentSettings.of(RnnSpec.of(cell, 2, 3)));
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      Recorder recorder = new Recorder(rig.backend(), Set.of("rnn"));
      eval.begin();
      eval.observe(recorder);
      rnn.apply(eval, eval.constant(noise(STEPS, 2)), Lengths.full(STEPS, 1));
      List<LayerTrace> layers = recorder.traces().layers();
      assertThat(layers).hasSize(1);
      return layers.get(0);
    }
  }

  @Test
  void aStackWithDropoutBetweenIsNumberedLikeItsParameters() {
    ParameterSet.Builder set = ParameterSet.builder();
    RnnSpec spec = RnnSpec.of(Cell.GRU, 2, 3).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    Recurrent rnn = new Recurrent(set, "encoder", RecurrentSettings.of(spec).withDropout(0.5));
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      Recorder recorder = new Recorder(rig.backend(), Set.of("encoder"));
      eval.begin();
      eval.observe(recorder);
      rnn.apply(eval, eval.constant(noise(8, 2)), Lengths.onHost(8, STEPS));
      Traces traces = recorder.traces();
      assertThat(traces.of("encoder"))
          .extracting(LayerTrace::layer, LayerTrace::reading, LayerTrace::steps)
          .containsExactly(
              tuple(0, Reading.FORWARDS, STEPS),
              tuple(0, Reading.BACKWARDS, STEPS),
              tuple(1, Reading.FORWARDS, STEPS),
              tuple(1, Reading.BACKWARDS, STEPS));
      assertThat(traces.deviation().getAsDouble()).isLessThan(1e-6);
    }
  }

  @Test
  void callsThatGoOnWithEachOthersStateAreOneReading() {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent rnn =
        new Recurrent(set, "rnn", RecurrentSettings.of(RnnSpec.of(Cell.LSTM, 2, 3).withLayers(2)));
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      Recorder whole = new Recorder(rig.backend(), Set.of("rnn"));
      eval.begin();
      eval.observe(whole);
      rnn.apply(eval, eval.constant(noise(STEPS, 2)), Lengths.full(STEPS, 1));
      Recorder parts = new Recorder(rig.backend(), Set.of("rnn"));
      List<LayerTrace> expected = whole.traces().layers();
      eval.begin();
      eval.observe(parts);
      List<StateVar> state = null;
      for (int t = 0; t < STEPS; t++) {
        List<StateVar> next = new ArrayList<>();
        Tensor one = noise(STEPS, 2).slice(2L * t, Shape.of(1, 1, 2));
        rnn.applyStack(eval, eval.constant(one), Lengths.full(1, 1), state, next);
        state = next;
      }
      assertThat(parts.traces().layers())
          .usingRecursiveComparison()
          .withComparatorForType(
              (a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Float.compare(a, b), Float.class)
          .isEqualTo(expected);
    }
  }

  @Test
  void whatASecondTextDidIsNotMixedIn() {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent rnn = new Recurrent(set, "rnn", RecurrentSettings.gru(2, 3));
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      eval.begin();
      eval.observe(new Recorder(rig.backend(), Set.of("rnn")));
      Var x = eval.constant(noise(STEPS, 2));
      rnn.apply(eval, x, Lengths.full(STEPS, 1));
      assertThatThrownBy(() -> rnn.apply(eval, x, Lengths.full(STEPS, 1)))
          .hasMessage("rnn reads twice in a step: only one reading can be looked at");
      eval.observe(new Recorder(rig.backend(), Set.of("rnn")));
      Var two = eval.constant(Tensor.of(new float[8], 2, 2, 2));
      assertThatThrownBy(() -> rnn.apply(eval, two, Lengths.full(2, 2)))
          .hasMessageContaining("rnn reads 2 rows at once");
      eval.observe(new Recorder(rig.backend(), Set.of("encoder")));
      assertThat(rnn.apply(eval, two, Lengths.full(2, 2)).shape().dim(0)).isEqualTo(2);
    }
  }

  @Test
  void everyHeadOfSelfAttentionIsSeenAndItsWeightsSumToOne() {
    ParameterSet.Builder set = ParameterSet.builder();
    SelfAttention layer = new SelfAttention(set, "self_attention", 6, 2, 0);
    try (Rig rig = Rig.of(set);
        Eval eval = rig.eval()) {
      Recorder recorder = new Recorder(rig.backend(), Set.of());
      eval.begin();
      eval.observe(recorder);
      layer.apply(eval, eval.constant(noise(8, 6)), Lengths.onHost(8, STEPS));
      List<AttentionTrace> heads = recorder.attention();
      assertThat(heads).extracting(AttentionTrace::head).containsExactly(0, 1);
      for (AttentionTrace head : heads) {
        assertThat(head.layer()).isEqualTo("self_attention");
        for (int q = 0; q < STEPS; q++) {
          assertThat(head.weights()[q]).hasSize(STEPS);
          double sum = 0;
          for (float w : head.weights()[q]) {
            sum += w;
          }
          assertThat(sum).isCloseTo(1, within(1e-5));
        }
      }
      assertThat(heads.get(0).weights()[0]).isNotEqualTo(heads.get(1).weights()[0]);
    }
  }

  static Tensor noise(int steps, int features) {
    Random random = new Random(3);
    float[] values = new float[steps * features];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, steps, 1, features);
  }
}
