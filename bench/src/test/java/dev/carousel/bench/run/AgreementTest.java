package dev.carousel.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.RowNames;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Answer;
import dev.carousel.rnn.Precision;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class AgreementTest {
  private static final Row INFER = RowNames.parse("lstm-infer-n1-t1-h2");
  private static final Row TAGGER = RowNames.parse("lstm-tagger-n1-t1-h2");

  @Test
  void an_error_is_in_parts_of_the_largest_number() {
    Answer right = Answer.of("y", new float[] {1, -4});

    assertThat(Agreement.maxError(INFER, right, Answer.of("y", new float[] {1.5f, -4})))
        .isEqualTo(0.125);
    assertThat(Agreement.maxError(INFER, right, right)).isZero();
  }

  @Test
  void losses_are_compared_by_how_far_they_fell() {
    Answer right = Answer.of("losses", new float[] {9, 8.9f, 8.8f});
    Answer given = Answer.of("losses", new float[] {9, 8.9f, 8.83f});

    assertThat(Agreement.maxError(TAGGER, right, given)).isCloseTo(0.15, within(1e-5));
    assertThat(Agreement.tolerance(TAGGER, Precision.F32)).isLessThan(0.15);
  }

  @Test
  void what_is_not_a_number_is_infinitely_wrong() {
    Answer right = Answer.of("y", new float[] {1, 2});

    assertThat(Agreement.maxError(INFER, right, Answer.of("y", new float[] {Float.NaN, 2})))
        .isInfinite();
  }

  @Test
  void an_answer_without_a_part_or_of_another_size_is_refused() {
    Answer right = Answer.of("dx", new float[] {1, 2});

    assertThatThrownBy(() -> Agreement.maxError(INFER, right, Answer.of("y", new float[2])))
        .hasMessageContaining("no dx");
    assertThatThrownBy(() -> Agreement.maxError(INFER, right, Answer.of("dx", new float[3])))
        .hasMessageContaining("3 numbers, not 2");
  }

  @Test
  void beyond_the_end_of_a_sequence_nothing_counts_and_before_it_everything_does() {
    Row row = RowNames.parse("gru-ragged-n3-t9-h2");
    int[] lengths = new Values(row).lengths();
    int shortest = Arrays.stream(lengths).min().orElseThrow();
    int n = 0;
    while (lengths[n] != shortest) {
      n++;
    }
    float[] right = new float[9 * 3 * 2];
    Arrays.fill(right, 1);
    float[] beyond = right.clone();
    beyond[(shortest * 3 + n) * 2] = 7;
    float[] before = right.clone();
    before[((shortest - 1) * 3 + n) * 2] = 7;

    assertThat(Agreement.maxError(row, Answer.of("y", right), Answer.of("y", beyond))).isZero();
    assertThat(Agreement.maxError(row, Answer.of("y", right), Answer.of("y", before))).isEqualTo(6);
  }
}
