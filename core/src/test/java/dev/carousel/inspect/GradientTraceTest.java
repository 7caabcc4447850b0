package dev.carousel.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Observer;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Rig;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * |dL/dh[t]| against the tape's own gradients of the states between one-step calls, which a fused
 * call does not show.
 */
class GradientTraceTest {
  private static final int STEPS = 6;
  private static final int INPUTS = 3;

  static Stream<RnnSpec> networks() {
    return Stream.concat(
        Stream.of(Cell.values()).map(cell -> RnnSpec.of(cell, INPUTS, 4).withLayers(2)),
        Stream.of(RnnSpec.of(Cell.LSTM, INPUTS, 4).withLayers(2).withProjection(2)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theNormsAreThoseOfTheStatesOfAnUnrolledNetwork(RnnSpec spec) {
    double[][] expected = ofUnrolled(spec);
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent rnn = new Recurrent(set, "rnn", RecurrentSettings.of(spec));
    try (Rig rig = Rig.of(set)) {
      Tape tape = rig.begin();
      Recorder recorder = new Recorder(rig.backend(), Set.of("rnn"));
      tape.observe(recorder);
      Var y = rnn.apply(tape, tape.constant(input()), Lengths.full(STEPS, 1));
      tape.seed(y, seed(STEPS, spec.outputSize()));
      tape.backward();
      List<GradientTrace> traces = recorder.gradients();
      assertThat(traces).hasSize(spec.layers());
      for (GradientTrace trace : traces) {
        for (int distance = 0; distance < STEPS; distance++) {
          double norm = expected[trace.layer()][STEPS - 1 - distance];
          assertThat(trace.atDistance(distance))
              .as("layer %d, %d steps back", trace.layer(), distance)
              .isCloseTo(norm, within(1e-6 + 1e-5 * norm));
        }
      }
      assertThat(traces.get(0).atDistance(1)).isPositive();
    }
  }

  /** The same weights, a layer and a step a call: every state is a value of the tape, [L][T]. */
  private static double[][] ofUnrolled(RnnSpec spec) {
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent rnn = new Recurrent(set, "rnn", RecurrentSettings.of(spec).withDropout(0.5));
    try (Rig rig = Rig.of(set);
        Tape tape = Tape.withoutDropout(rig.backend(), rig.plans(), 1 << 24)) {
      List<Observer.Recurred> calls = new ArrayList<>();
      tape.begin();
      tape.observe(collect(calls));
      List<StateVar> state = null;
      Var y = tape.constant(input());
      for (int t = 0; t < STEPS; t++) {
        List<StateVar> next = new ArrayList<>();
        Tensor one = input().slice((long) t * INPUTS, Shape.of(1, 1, INPUTS));
        y = rnn.applyStack(tape, tape.constant(one), Lengths.full(1, 1), state, next);
        state = next;
      }
      tape.seed(y, seed(1, spec.outputSize()));
      tape.backward();
      double[][] norms = new double[spec.layers()][STEPS];
      for (int i = 0; i < calls.size(); i++) {
        norms[i % spec.layers()][i / spec.layers()] = norm(calls.get(i));
      }
      return norms;
    }
  }

  private static Observer collect(List<Observer.Recurred> calls) {
    return new Observer() {
      @Override
      public void recurrence(Recurred call) {
        calls.add(call);
      }

      @Override
      public void steps(Stepped run) {
        throw new AssertionError("nothing is unrolled here");
      }

      @Override
      public void attention(Looked call) {
        throw new AssertionError("nothing attends here");
      }
    };
  }

  /** h leaves a step as output and as state. */
  private static double norm(Observer.Recurred call) {
    float[] ofState = values(Objects.requireNonNull(call.last()).h());
    float[] ofOutput = values(call.y());
    double sum = 0;
    for (int j = 0; j < ofState.length; j++) {
      double d = (double) ofState[j] + ofOutput[j];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }

  private static float[] values(Var v) {
    Tensor d = v.gradient();
    float[] all = new float[(int) v.value().size()];
    if (d != null) {
      System.arraycopy(d.heap().floats(), d.heapOffset(), all, 0, all.length);
    }
    return all;
  }

  private static Tensor input() {
    return RecorderTest.noise(STEPS, INPUTS);
  }

  /** (1, 2, …) at the last step. */
  private static Tensor seed(int steps, int features) {
    float[] seed = new float[steps * features];
    for (int j = 0; j < features; j++) {
      seed[(steps - 1) * features + j] = j + 1;
    }
    return Tensor.of(seed, steps, 1, features);
  }
}
