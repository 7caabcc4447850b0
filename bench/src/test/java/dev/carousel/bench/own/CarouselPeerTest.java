package dev.carousel.bench.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.RowNames;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnForward;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our adapter, the double reference, and equations written out here. */
final class CarouselPeerTest {
  private static void assertClose(Answer given, Answer right, double tolerance) {
    assertThat(given.parts().keySet()).isEqualTo(right.parts().keySet());
    right
        .parts()
        .forEach(
            (name, values) ->
                assertThat(given.parts().get(name))
                    .as(name)
                    .containsExactly(values, within((float) tolerance)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm-step-n1-t1-h8",
        "gru-step-n1-t1-h8",
        "lstm-infer-n3-t7-h8-l2-bi",
        "gru-ragged-n5-t9-h8",
        "lstm-long-n1-t300-h8",
        "gru-train-n3-t6-h8",
        "lstm-train-n3-t6-h8-bi",
        "lstm-tagger-n2-t4-h8-bi",
        "lstm-classifier-n3-t4-h8-bi",
      })
  void the_cpu_backend_computes_what_the_double_reference_does(String name) throws Exception {
    Row row = RowNames.parse(name);
    try (CarouselPeer peer = new CarouselPeer(1);
        Exercise exercise = peer.prepare(row, Precision.F32)) {
      assertClose(exercise.answer(), Reference.answer(row, 1), 2e-5);
      exercise.run();
      for (Exercise.Action part : exercise.parts().values()) {
        part.run();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm-greedy-n1-t6-h8-bi",
        "lstm-greedy-n3-t9-h8-bi",
        "lstm-beam-n1-t6-h8-bi",
        "lstm-beam-n3-t9-h8-bi",
      })
  void the_translator_writes_what_the_double_search_does(String name) throws Exception {
    Row row = RowNames.parse(name);
    Answer right = Reference.answer(row, 1);
    try (CarouselPeer peer = new CarouselPeer(1);
        Exercise exercise = peer.prepare(row, Precision.F32)) {
      Answer given = exercise.answer();

      assertThat(given.parts().keySet()).isEqualTo(right.parts().keySet());
      assertThat(given.parts().get("tokens"))
          .hasSize(row.batch() * row.decoding().written())
          .containsExactly(right.parts().get("tokens"));
      // log P of some ten steps, each near 20 for the end, in single precision
      assertThat(given.parts().getOrDefault("scores", new float[0]))
          .containsExactly(right.parts().getOrDefault("scores", new float[0]), within(2e-4f));
    }
  }

  @Test
  void tokens_in_another_arithmetic_are_no_comparison() {
    try (CarouselPeer peer = new CarouselPeer(1)) {
      assertThatThrownBy(
              () -> peer.prepare(RowNames.parse("lstm-beam-n1-t6-h8-bi"), Precision.BF16))
          .isInstanceOf(RefusedRowException.class)
          .hasMessageContaining("token by token");
    }
  }

  @Test
  void a_step_row_is_the_same_as_its_five_steps_as_one_sequence_from_its_state() throws Exception {
    // The equations of the cell, not the kernels: one unit, so that they are short.
    Row row = RowNames.parse("lstm-step-n1-t1-h1");
    var values = new Values(row);
    float[] w = values.weights(); // W 4, U 4, b 4, b' 4: i f g o
    double x = values.x()[0];
    double h = values.h0()[0];
    double c = values.c0()[0];
    float[] expected = new float[5];
    for (int t = 0; t < 5; t++) {
      double[] z = new double[4];
      for (int g = 0; g < 4; g++) {
        z[g] = w[g] * x + w[4 + g] * h + w[8 + g] + w[12 + g];
      }
      c = sigmoid(z[1]) * c + sigmoid(z[0]) * Math.tanh(z[2]);
      h = sigmoid(z[3]) * Math.tanh(c);
      expected[t] = (float) h;
    }

    assertThat(Reference.answer(row, 1).parts().get("y")).containsExactly(expected, within(1e-6f));
    assertThat(values.h0()[0]).isNotZero();
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  @Test
  void losses_begin_near_the_logarithm_of_the_classes_and_fall() throws Exception {
    float[] losses =
        Reference.answer(RowNames.parse("lstm-tagger-n4-t8-h16-bi"), 1).parts().get("losses");

    assertThat((double) losses[0]).isCloseTo(Math.log(17), within(0.2));
    assertThat(losses[1]).isLessThan(losses[0]);
    assertThat(losses[2]).isLessThan(losses[1]);
  }

  @Test
  void the_gradient_of_a_training_row_is_the_slope_of_its_output() throws Exception {
    // dy · y(x + ε e) − dy · y(x − ε e) over 2 ε, in double, for one number of x
    Row row = RowNames.parse("gru-train-n1-t3-h4");
    float[] dx = Reference.answer(row, 1).parts().get("dx");
    try (Backend backend = Backends.named("reference", 1)) {
      double up = weighted(backend, row, 1e-3);
      double down = weighted(backend, row, -1e-3);

      assertThat((double) dx[2]).isCloseTo((up - down) / 2e-3, within(1e-4));
    }
  }

  /** dy · y with number 2 of x moved. */
  private static double weighted(Backend backend, Row row, double by) {
    Row forward = RowNames.parse("gru-infer-n1-t3-h4");
    try (Network network = new Network(backend, forward, Precision.F64, Pass.INFERENCE)) {
      float[] x = network.values.x();
      x[2] += (float) by;
      var in = network.tensor(x, 3, 1, 4);
      var y = network.take(network.spec.outputShape(3, 1));
      network.plan.forward(
          new RnnForward(
              new Sequences(in, network.lengths()),
              null,
              network.weights,
              y,
              null,
              null,
              network.work()));
      float[] dy = new Values(row).dy();
      double[] out = y.heap().doubles();
      double sum = 0;
      for (int i = 0; i < dy.length; i++) {
        sum += dy[i] * out[y.heapOffset() + i];
      }
      return sum;
    }
  }

  @Test
  void what_a_row_is_made_of_can_be_timed_apart() throws Exception {
    try (CarouselPeer peer = new CarouselPeer(1);
        Exercise training = peer.prepare(RowNames.parse("lstm-train-n2-t3-h8"), Precision.F32)) {
      Map<String, Exercise.Action> parts = training.parts();

      assertThat(parts).containsKeys("copies", "packing");
      assertThat(parts.containsKey("gates")).isEqualTo(FusedKernels.refusal() == null);
      assertThat(training.implementation()).contains("LSTM");
    }
  }
}
