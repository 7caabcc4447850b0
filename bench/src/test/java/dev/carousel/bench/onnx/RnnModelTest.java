package dev.carousel.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.bench.row.RowNames;
import dev.carousel.bench.row.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file is read back, field numbers from onnx.proto3. */
final class RnnModelTest {
  private static List<Field> graph(String row) {
    return Field.all(Field.read(RnnModel.of(RowNames.parse(row))), 7).get(0).message();
  }

  private static float[] constant(List<Field> graph, String name) {
    for (Field f : Field.all(graph, 5)) {
      List<Field> tensor = f.message();
      if (Field.texts(tensor, 8).equals(List.of(name))) {
        ByteBuffer raw = ByteBuffer.wrap(Field.all(tensor, 9).get(0).bytes());
        float[] values = new float[raw.remaining() / Float.BYTES];
        raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
      }
    }
    throw new AssertionError("no constant " + name);
  }

  @Test
  void a_model_names_its_version_and_operator_set() {
    List<Field> model = Field.read(RnnModel.of(RowNames.parse("lstm-infer-n2-t3-h4")));

    assertThat(Field.all(model, 1).get(0).value()).isEqualTo(8);
    assertThat(Field.all(Field.all(model, 8).get(0).message(), 2).get(0).value()).isEqualTo(17);
  }

  @Test
  void a_bidirectional_stack_is_three_nodes_a_layer() {
    List<Field> graph = graph("lstm-infer-n2-t3-h4-l2-bi");
    List<String> operations =
        Field.all(graph, 1).stream().map(n -> Field.texts(n.message(), 4).get(0)).toList();

    assertThat(operations)
        .containsExactly("LSTM", "Transpose", "Reshape", "LSTM", "Transpose", "Reshape");
    assertThat(Field.all(graph, 11)).hasSize(1);
    assertThat(Field.all(graph, 12)).hasSize(1);
  }

  @Test
  void a_carried_state_is_an_input_and_an_output() {
    List<Field> graph = graph("lstm-step-n1-t1-h4");

    assertThat(Field.all(graph, 11).stream().map(v -> Field.texts(v.message(), 1).get(0)))
        .containsExactly("x", "h", "c");
    assertThat(Field.all(graph, 12).stream().map(v -> Field.texts(v.message(), 1).get(0)))
        .containsExactly("hn", "cn", "y");
    assertThat(Field.texts(Field.all(graph, 1).get(0).message(), 1))
        .containsExactly("x", "W0", "R0", "B0", "", "h", "c");
  }

  @Test
  void a_ragged_row_has_lengths() {
    List<Field> graph = graph("gru-ragged-n2-t6-h4");

    assertThat(Field.texts(Field.all(graph, 1).get(0).message(), 1))
        .containsExactly("x", "W0", "R0", "B0", "lengths");
  }

  @Test
  void gates_are_put_in_the_order_of_onnx() {
    float[] w = new Values(RowNames.parse("lstm-infer-n1-t2-h1")).weights(); // i f g o
    assertThat(constant(graph("lstm-infer-n1-t2-h1"), "W0"))
        .containsExactly(w[0], w[3], w[1], w[2]);

    float[] v = new Values(RowNames.parse("gru-infer-n1-t2-h1")).weights(); // r z n
    assertThat(constant(graph("gru-infer-n1-t2-h1"), "R0")).containsExactly(v[4], v[3], v[5]);
    assertThat(constant(graph("gru-infer-n1-t2-h1"), "B0"))
        .containsExactly(v[7], v[6], v[8], v[10], v[9], v[11]);
  }

  @Test
  void the_state_of_several_layers_is_refused() {
    assertThatThrownBy(() -> RnnModel.of(RowNames.parse("lstm-step-n1-t1-h4-l2")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
