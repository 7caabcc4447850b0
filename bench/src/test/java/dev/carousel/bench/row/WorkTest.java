package dev.carousel.bench.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.bench.row.Product.Operand;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Expected figures are worked out by hand from the equations of the cells. */
final class WorkTest {
  private static Work work(String name) {
    return new Work(RowNames.parse(name));
  }

  @Test
  void an_lstm_multiplies_input_and_state_with_four_gates() {
    // 2 · 4H · (C + H) for each of N · T steps
    assertThat(work("lstm-infer-n32-t100-h256").flops()).isEqualTo(2.0 * 1024 * 512 * 3200);
  }

  @Test
  void a_gru_has_three_gates_and_training_three_times_the_products() {
    assertThat(work("gru-train-n32-t64-h128").flops()).isEqualTo(3 * 2.0 * 384 * 256 * 2048);
  }

  @Test
  void an_upper_bidirectional_layer_reads_both_directions() {
    // layer 0 reads 256 features, layer 1 reads 512; two directions, 1024 rows, state of 256
    double perStep = 2.0 * 2 * 1024 * ((256 + 256) + (512 + 256));
    assertThat(work("lstm-infer-n16-t64-h256-l2-bi").flops()).isEqualTo(perStep * 16 * 64);
  }

  @Test
  void a_model_adds_its_linear_layer() {
    double recurrent = 3 * 2.0 * 2 * 800 * 400 * 400;
    double softmax = 3 * 2.0 * 400 * 10_000 * 200;
    assertThat(work("lstm-ptb-n20-t20-h200-l2").flops()).isEqualTo(recurrent + softmax);
  }

  @Test
  void a_ragged_batch_works_on_real_steps_only() {
    Row row = RowNames.parse("gru-ragged-n32-t100-h256");
    int[] lengths = new Values(row).lengths();

    assertThat(row.tokens()).isEqualTo(Arrays.stream(lengths).sum());
    assertThat(new Work(row).flops()).isEqualTo(2.0 * 768 * 512 * row.tokens());
  }

  @Test
  void a_translation_is_the_encoder_and_so_many_steps_of_the_decoder() {
    // 13 tokens in and out: both directions, keys, two bridges; 14 steps of 5 hypotheses
    double encoder = 2.0 * 13 * (2 * 1024 * 512 + 256 * 512) + 2.0 * 2 * 256 * 512;
    double decoder = 2.0 * 14 * 5 * (1024 * 512 + 256 * 768 + 8000 * 256);
    assertThat(work("lstm-beam-n1-t13-h256-bi").flops()).isEqualTo(encoder + decoder);
    assertThat(work("lstm-beam-n1-t13-h256-bi").boundByReading()).isFalse();
  }

  @Test
  void a_greedy_translation_of_one_sentence_reads_all_the_weights_of_the_decoder_each_step() {
    Work work = work("lstm-greedy-n1-t13-h256-bi");
    long decoder = 1024 * 512 + 256 * 768 + 8000 * 256;
    long encoder = 13L * 2 * 1024 * 256;

    assertThat(work.boundByReading()).isTrue();
    assertThat(work.readingSteps()).isEqualTo(14);
    assertThat(work.bytesPerStep(4)).isEqualTo(4 * (decoder + encoder / 14));
  }

  @Test
  void a_long_row_is_projected_chunk_by_chunk() {
    Work work = work("lstm-long-n1-t1000-h128");

    assertThat(work.products())
        .contains(new Product(100, 512, 128, 10, Operand.WEIGHT))
        .contains(new Product(1, 512, 128, 1000, Operand.WEIGHT));
    assertThat(work.flops()).isEqualTo(2.0 * 512 * 256 * 1000);
  }

  @Test
  void a_step_reads_both_matrices_and_a_sequence_only_the_recurrent_one() {
    assertThat(work("lstm-step-n1-t1-h256").bytesPerStep(4)).isEqualTo(4L * 1024 * 512);
    assertThat(work("lstm-infer-n1-t100-h256").bytesPerStep(2)).isEqualTo(2L * 1024 * 256);
    assertThat(work("lstm-infer-n1-t100-h256").boundByReading()).isTrue();
    assertThat(work("lstm-infer-n32-t100-h256").boundByReading()).isFalse();
  }

  @Test
  void ragged_lengths_run_from_five_to_the_last_step_out_of_order() {
    int[] lengths = new Values(RowNames.parse("lstm-ragged-n32-t100-h256")).lengths();
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);

    assertThat(sorted[0]).isEqualTo(5);
    assertThat(sorted[31]).isEqualTo(100);
    assertThat(lengths).isNotEqualTo(sorted);
    assertThat(Arrays.stream(lengths).average().orElseThrow()).isCloseTo(52.5, within(1.0));
  }

  @Test
  void numbers_are_the_same_every_time_and_within_their_bounds() {
    Row row = RowNames.parse("lstm-infer-n2-t3-h16");
    float[] x = new Values(row).x();

    assertThat(x).hasSize(2 * 3 * 16).isEqualTo(new Values(row).x());
    assertThat(new Values(row).weights()).hasSize(4 * 16 * 32 + 8 * 16);
    for (float w : new Values(row).weights()) {
      assertThat(Math.abs(w)).isLessThanOrEqualTo(0.25f);
    }
    double mean = 0;
    for (float v : new Values(RowNames.parse("lstm-infer-n32-t100-h256")).x()) {
      mean += v / (3200.0 * 256);
    }
    assertThat(mean).isCloseTo(0, within(0.003)); // three deviations of a mean of 819,200 numbers
  }
}
