package dev.carousel.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.bench.row.RowNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The models of rows that translate, read back, field numbers from onnx.proto3. */
final class TranslationModelsTest {
  private static List<Field> encoder(String row) {
    return graph(EncoderModel.of(RowNames.parse(row)));
  }

  private static List<Field> step(String row) {
    return graph(DecoderStepModel.of(RowNames.parse(row)));
  }

  private static List<Field> graph(byte[] file) {
    return Field.all(Field.read(file), 7).get(0).message();
  }

  private static List<String> names(List<Field> graph, int number) {
    return Field.all(graph, number).stream().map(v -> Field.texts(v.message(), 1).get(0)).toList();
  }

  /** Inputs, constants (whose name is field 8) and what each node makes, in order. */
  private static void requireThatNodesReadWhatIsThere(List<Field> graph) {
    Set<String> known = new TreeSet<>(names(graph, 11));
    known.add("");
    List<String> constants = new ArrayList<>();
    Field.all(graph, 5).forEach(c -> constants.addAll(Field.texts(c.message(), 8)));
    assertThat(constants).doesNotHaveDuplicates();
    known.addAll(constants);
    for (Field node : Field.all(graph, 1)) {
      assertThat(known).containsAll(Field.texts(node.message(), 1));
      known.addAll(Field.texts(node.message(), 2));
    }
    assertThat(known).containsAll(names(graph, 12));
  }

  @Test
  void what_a_step_of_a_beam_gives_is_what_the_next_one_reads() {
    List<Field> graph = step("lstm-beam-n3-t7-h4-bi");

    assertThat(names(graph, 11))
        .containsExactlyInAnyOrder(
            "token", "parents", "scores", "h", "c", "keys", "values", "mask");
    assertThat(names(graph, 12))
        .containsExactlyInAnyOrder(
            "next.token", "next.parents", "next.scores", "next.h", "next.c", "ends");
    requireThatNodesReadWhatIsThere(graph);
  }

  @Test
  void a_greedy_step_chooses_without_probabilities() {
    List<Field> graph = step("lstm-greedy-n3-t7-h4-bi");
    List<String> operations =
        Field.all(graph, 1).stream().map(n -> Field.texts(n.message(), 4).get(0)).toList();

    assertThat(operations).contains("ArgMax").doesNotContain("LogSoftmax", "TopK");
    assertThat(names(graph, 12)).containsExactlyInAnyOrder("next.token", "next.h", "next.c");
    requireThatNodesReadWhatIsThere(graph);
  }

  @Test
  void an_encoder_gives_what_is_attended_to_and_a_first_state() {
    List<Field> graph = encoder("lstm-beam-n3-t7-h4-bi");

    assertThat(names(graph, 11)).containsExactly("ids", "lengths");
    assertThat(names(graph, 12)).containsExactly("keys", "values", "h", "c");
    requireThatNodesReadWhatIsThere(graph);
    assertThat(names(encoder("lstm-beam-n1-t7-h4-bi"), 11)).containsExactly("ids");
  }
}
