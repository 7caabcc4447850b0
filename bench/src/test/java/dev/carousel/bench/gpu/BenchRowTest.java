package dev.carousel.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchRowTest {
  @Test
  void the_rows_are_every_combination_and_some_of_them_span_the_range() {
    List<Precision> precisions = List.of(Precision.F32, Precision.F16);
    List<BenchRow> all = BenchRow.all(precisions);
    assertThat(all).hasSize(2 * 2 * 5 * 2 * 2 * 4 * 3).doesNotHaveDuplicates();
    List<BenchRow> some = BenchRow.some(precisions);
    assertThat(some).hasSizeBetween(40, 80);
    assertThat(some).extracting(r -> r.spec().hiddenSize()).contains(128, 256, 512, 768, 1024);
    assertThat(some).extracting(BenchRow::steps).contains(1, 64, 256, 1024);
  }

  /** One multiplication and one addition for each weight, row and step. */
  @Test
  void the_operations_of_forward_are_two_for_each_weight() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 8, 8);
    assertThat(new BenchRow(spec, 5, 3).forwardFlops()).isEqualTo(2 * 5 * 3 * (4 * 8 * 16.0));
    RnnSpec two = spec.withLayers(2).withDirection(Direction.BIDIRECTIONAL);
    assertThat(new BenchRow(two, 5, 3).forwardFlops())
        .isEqualTo(2 * 5 * 3 * 2 * (4 * 8 * 16.0 + 4 * 8 * 24.0));
  }

  @Test
  void a_row_is_timed_on_any_backend_and_written_as_the_script_reads_it() {
    BenchRow row = new BenchRow(RnnSpec.of(Cell.GRU, 4, 4), 3, 2);
    try (Backend backend = Backends.named("reference", 1);
        RowBenchmark benchmark = new RowBenchmark(backend, row)) {
      RowTimes times = benchmark.run();
      assertThat(times.row()).isEqualTo("GRU 2 3 4 1 FORWARD F32");
      assertThat(times.forward()).isPositive();
      assertThat(times.training()).isPositive();
      assertThat(times.replay()).isPositive();
      assertThat(times.implementation()).isNotBlank();
    }
  }
}
