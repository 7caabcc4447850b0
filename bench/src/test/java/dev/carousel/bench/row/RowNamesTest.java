package dev.carousel.bench.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowNamesTest {
  @Test
  void a_full_name_is_read_part_by_part() {
    Row row = RowNames.parse("gru-infer-n16-t64-h256-l2-bi");

    assertThat(row)
        .isEqualTo(new Row(Cell.GRU, Task.INFER, 16, 64, 256, 2, Direction.BIDIRECTIONAL));
  }

  @Test
  void every_standard_row_is_read_back_from_its_name() {
    assertThat(StandardRows.all())
        .hasSize(42)
        .doesNotHaveDuplicates()
        .allSatisfy(row -> assertThat(RowNames.parse(row.name())).isEqualTo(row));
  }

  @Test
  void quick_rows_are_a_third_of_all_and_among_them() {
    assertThat(StandardRows.quick()).hasSize(15).isSubsetOf(StandardRows.all());
    assertThat(StandardRows.quick().stream().map(Row::cell)).contains(Cell.LSTM, Cell.GRU);
  }

  @Test
  void a_shape_without_a_cell_is_both_and_without_a_task_the_usual_one() {
    assertThat(RowNames.shape("n1-t1-h64").stream().map(Row::name))
        .containsExactly("lstm-step-n1-t1-h64", "gru-step-n1-t1-h64");
    assertThat(RowNames.shape("lstm-n4-t9-h8").stream().map(Row::name))
        .containsExactly("lstm-infer-n4-t9-h8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm",
        "n1-t1",
        "lstm-n0-t1-h1",
        "rnn-n1-t1-h1",
        "lstm-nap-n1-t1-h1",
        "n1-t1-h1-"
      })
  void what_is_no_shape_is_refused(String text) {
    assertThatThrownBy(() -> RowNames.shape(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm-step-n1-t2-h8",
        "lstm-long-n1-t150-h8",
        "lstm-step-n1-t1-h8-bi",
        "lstm-ragged-n4-t4-h8",
        "gru-greedy-n1-t4-h8-bi",
        "lstm-greedy-n1-t4-h8",
        "lstm-beam-n1-t4-h8-l2-bi",
        "lstm-beam-n4-t4-h8-bi"
      })
  void a_task_that_cannot_have_the_shape_is_refused(String text) {
    assertThatThrownBy(() -> RowNames.shape(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_pattern_picks_rows_in_their_order() {
    List<Row> rows =
        StandardRows.matching(StandardRows.all(), "gru-train-*-h128,{lstm,gru}-step-*");

    assertThat(rows).hasSize(7);
    assertThat(rows.get(6).name()).isEqualTo("gru-train-n32-t64-h128");
  }

  @Test
  void a_pattern_that_fits_nothing_is_refused_with_the_names() {
    assertThatThrownBy(() -> StandardRows.matching(StandardRows.quick(), "lstm-step-*,peep*"))
        .hasMessageContaining("'peep*'")
        .hasMessageContaining("lstm-ptb-n20-t20-h200-l2");
  }
}
