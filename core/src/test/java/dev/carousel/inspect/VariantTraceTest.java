package dev.carousel.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Layers that are unrolled, read as they ran. One whose only peculiarity is dropout of the state is
 * a plain one where nothing is dropped, and that is computed again in double.
 */
class VariantTraceTest {
  private static final int ROOM = 7;
  private static final int STEPS = 5;
  private static final int INPUTS = 3;
  private static final int UNITS = 4;
  private static final CellVariant LIKE_PLAIN = CellVariant.PLAIN.withDropout(0.5, 0);

  private record Looked(Recorder.Traces traces, List<GradientTrace> gradients, Saliency saliency) {}

  private static Looked look(RnnSpec spec, CellVariant variant) {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent rnn = new Recurrent(set, "rnn", RecurrentSettings.of(spec).withVariant(variant));
    try (Rig rig = Rig.of(set);
        Tape tape = Tape.withoutDropout(rig.backend(), rig.plans(), 1 << 24)) {
      rig.parameters().upload(byName(rig.parameters()));
      tape.begin();
      Recorder recorder = new Recorder(rig.backend(), Set.of("rnn"));
      tape.observe(recorder);
      Var y = rnn.apply(tape, tape.constant(noise(ROOM, INPUTS, 1)), Lengths.onHost(ROOM, STEPS));
      tape.seed(y, noise(ROOM, spec.outputSize(), 2));
      tape.backward();
      return new Looked(recorder.traces(), recorder.gradients(), recorder.saliency("rnn"));
    }
  }

  /** Values that depend on a parameter's name alone: a plain network declares them otherwise. */
  private static float[] byName(ParameterSet set) {
    float[] all = new float[(int) set.values().size()];
    for (Parameter p : set.parameters()) {
      SplittableRandom random = new SplittableRandom(p.name().hashCode());
      for (int i = 0; i < p.shape().size(); i++) {
        all[(int) p.offset() + i] = (float) random.nextDouble(-0.8, 0.8);
      }
    }
    return all;
  }

  private static Tensor noise(int steps, int features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[steps * features];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(values, steps, 1, features);
  }

  private static <T> Map<String, T> byLane(List<T> all, Function<T, String> lane) {
    return all.stream().collect(Collectors.toMap(lane, t -> t));
  }

  @ParameterizedTest
  @EnumSource(value = Cell.class, mode = EnumSource.Mode.EXCLUDE, names = "GRU_RESET_BEFORE")
  void gatesAndGradientsAreThoseOfThePlainNetworkInDouble(Cell cell) {
    RnnSpec spec =
        RnnSpec.of(cell, INPUTS, UNITS).withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    Looked plain = look(spec, CellVariant.PLAIN);
    Looked unrolled = look(spec, LIKE_PLAIN);
    assertThat(plain.traces().deviation()).isPresent();
    assertThat(unrolled.traces().deviation()).as("nothing was computed again").isEmpty();
    assertThat(unrolled.traces().layers()).hasSize(4);
    Map<String, LayerTrace> lanes =
        byLane(plain.traces().layers(), l -> l.layer() + " " + l.reading());
    for (LayerTrace layer : unrolled.traces().layers()) {
      LayerTrace expected = lanes.get(layer.layer() + " " + layer.reading());
      assertThat(layer.gates().keySet()).containsExactlyElementsOf(expected.gates().keySet());
      layer.gates().forEach((gate, values) -> compare(values, expected.gate(gate), gate));
    }
    Map<String, GradientTrace> norms =
        byLane(plain.gradients(), g -> g.layer() + " " + g.reading());
    for (GradientTrace g : unrolled.gradients()) {
      assertThat(g.norms())
          .containsExactly(norms.get(g.layer() + " " + g.reading()).norms(), within(1e-5));
    }
    assertThat(unrolled.saliency().norms()).containsExactly(plain.saliency().norms(), within(1e-5));
  }

  private static void compare(float[][] values, float[][] expected, Gate gate) {
    assertThat(values).hasDimensions(STEPS, UNITS);
    for (int t = 0; t < STEPS; t++) {
      assertThat(values[t]).as("%s, step %d", gate, t).containsExactly(expected[t], within(1e-6f));
    }
  }

  @Test
  void theStateIsTheOneHandedOnAfterZoneout() {
    CellVariant half = CellVariant.PLAIN.withZoneout(0.5, 0);
    LayerTrace lstm = look(RnnSpec.of(Cell.LSTM, INPUTS, UNITS), half).traces().layers().get(0);
    for (int t = 0; t < STEPS; t++) {
      for (int j = 0; j < UNITS; j++) {
        double o = lstm.gate(Gate.OUTPUT)[t][j];
        double fresh = o * Math.tanh(lstm.gate(Gate.CELL)[t][j]);
        double before = t == 0 ? 0 : lstm.gate(Gate.HIDDEN)[t - 1][j];
        assertThat((double) lstm.gate(Gate.HIDDEN)[t][j])
            .isCloseTo(0.5 * fresh + 0.5 * before, within(1e-6));
      }
    }
  }

  @Test
  void aNormalisedLstmShowsAllItsGates() {
    LayerTrace lstm =
        look(RnnSpec.of(Cell.LSTM, INPUTS, UNITS), CellVariant.of(CellWiring.LAYER_NORM))
            .traces()
            .layers()
            .get(0);
    for (int t = 0; t < STEPS; t++) {
      for (int j = 0; j < UNITS; j++) {
        double before = t == 0 ? 0 : lstm.gate(Gate.CELL)[t - 1][j];
        double written = lstm.gate(Gate.INPUT)[t][j] * lstm.gate(Gate.CANDIDATE)[t][j];
        assertThat((double) lstm.gate(Gate.CELL)[t][j])
            .isCloseTo(lstm.gate(Gate.FORGET)[t][j] * before + written, within(1e-6));
      }
    }
  }
}
