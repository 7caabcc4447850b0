package dev.carousel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.RnnInit;
import dev.carousel.autograd.Var;
import dev.carousel.inspect.FlowNetwork;
import dev.carousel.inspect.FlowSettings;
import dev.carousel.inspect.Gate;
import dev.carousel.inspect.GradientFlow;
import dev.carousel.inspect.LayerTrace;
import dev.carousel.inspect.Reading;
import dev.carousel.inspect.Recorder;
import dev.carousel.inspect.Recorder.Traces;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gates that are computed again, against what every backend of this machine really gave. */
class RecomputedGatesTest {
  private static final int STEPS = 21;
  private static final int ROOM = 24;

  static Stream<String> backends() {
    return Backends.report().stream()
        .filter(e -> e.availability() instanceof Available)
        .map(Backends.Entry::name);
  }

  private static Stream<RnnSpec> networks() {
    return Stream.concat(
        Stream.of(Cell.values())
            .map(c -> RnnSpec.of(c, 9, 16).withLayers(2).withDirection(Direction.BIDIRECTIONAL)),
        Stream.of(RnnSpec.of(Cell.LSTM, 9, 16).withProjection(8)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theLastGateIsWhatTheBackendGave(String name) {
    try (Backend backend = Backends.named(name)) {
      networks().forEach(spec -> agree(backend, spec));
    }
  }

  /** Biases are random too, so that none can be lost; the row is shorter than its batch. */
  private static void agree(Backend backend, RnnSpec spec) {
    Init random = Init.uniform(0.4);
    ParameterSet.Builder builder = ParameterSet.builder();
    Recurrent rnn =
        new Recurrent(
            builder,
            "rnn",
            RecurrentSettings.of(spec).withInit(new RnnInit(random, random, random, 1)));
    try (ParameterSet set = builder.build(backend, 5);
        Plans plans = new Plans(backend.rnn(), 2);
        Eval eval = new Eval(backend, plans, 1 << 26)) {
      eval.begin();
      Recorder recorder = new Recorder(backend, Set.of("rnn"));
      eval.observe(recorder);
      Tensor x = eval.take(DType.F32, ROOM, 1, 9);
      backend.memory().upload(noise(ROOM * 9), 0, x);
      Tensor length = eval.take(DType.I32, 1);
      backend.memory().upload(new int[] {STEPS}, 0, length);
      Var y = rnn.apply(eval, eval.constant(x), Lengths.of(ROOM, new int[] {STEPS}, length));
      float[] given = new float[ROOM * spec.outputSize()];
      backend.memory().download(y.value(), given, 0);
      Traces traces = recorder.traces();
      for (LayerTrace layer : traces.layers()) {
        if (layer.layer() == spec.layers() - 1) {
          compare(layer, given, spec);
        }
      }
      assertThat(traces.deviation().getAsDouble())
          .as("%s on %s", spec, backend.name())
          .isLessThan(1e-5);
      assertThat(set.values().size()).isPositive();
    }
  }

  private static void compare(LayerTrace layer, float[] given, RnnSpec spec) {
    float[][] h = layer.gate(Gate.HIDDEN);
    assertThat(h).hasNumberOfRows(STEPS);
    int from = layer.reading() == Reading.FORWARDS ? 0 : spec.stateSize();
    for (int t = 0; t < STEPS; t++) {
      for (int j = 0; j < spec.stateSize(); j++) {
        assertThat(h[t][j])
            .as("%s, step %d, unit %d", spec, t, j)
            .isCloseTo(given[t * spec.outputSize() + from + j], within(1e-5f));
      }
    }
  }

  private static float[] noise(int count) {
    Random random = new Random(4);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradientsOfParametersAreThoseOfTheReference(String name) {
    FlowSettings settings = new FlowSettings(20, 16, 2, 1, 3);
    try (Backend backend = Backends.named(name);
        Backend reference = Backends.named("reference")) {
      for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_TANH)) {
        FlowNetwork network = new FlowNetwork(cell, 0, 1);
        GradientFlow flow = GradientFlow.of(network, settings, backend);
        GradientFlow expected = GradientFlow.of(network, settings, reference);
        assertThat(flow.top().norms()).containsExactly(expected.top().norms(), within(1e-6));
        expected
            .parameterNorms()
            .forEach(
                (layer, norm) ->
                    assertThat(flow.parameterNorms().get(layer))
                        .isCloseTo(norm, within(1e-4 * norm)));
      }
    }
  }
}
