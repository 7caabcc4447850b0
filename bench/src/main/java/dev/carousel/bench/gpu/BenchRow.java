package dev.carousel.bench.gpu;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One network of the benchmark; its input has as many features as it has hidden units.
 *
 * @param spec the network
 * @param steps T
 * @param batch N
 */
record BenchRow(RnnSpec spec, int steps, int batch) {
  private static final List<Cell> CELLS = List.of(Cell.LSTM, Cell.GRU);
  private static final int[] BATCHES = {1, 16, 64};
  private static final int[] STEPS = {1, 64, 256, 1024};
  private static final int[] HIDDEN = {128, 256, 512, 768, 1024};
  private static final int[] LAYERS = {1, 2};

  /** Every combination, in the given arithmetics. */
  static List<BenchRow> all(List<Precision> precisions) {
    List<BenchRow> rows = new ArrayList<>();
    for (Precision p : precisions) {
      for (Cell cell : CELLS) {
        for (int hidden : HIDDEN) {
          RnnSpec spec = RnnSpec.of(cell, hidden, hidden).withPrecision(p);
          add(rows, spec);
        }
      }
    }
    return rows;
  }

  private static void add(List<BenchRow> rows, RnnSpec spec) {
    for (int layers : LAYERS) {
      for (Direction direction : Direction.values()) {
        for (int steps : STEPS) {
          for (int batch : BATCHES) {
            rows.add(new BenchRow(spec.withLayers(layers).withDirection(direction), steps, batch));
          }
        }
      }
    }
  }

  /** A few dozen rows over the whole range: every seventeenth. */
  static List<BenchRow> some(List<Precision> precisions) {
    List<BenchRow> all = all(precisions);
    List<BenchRow> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 17) {
      some.add(all.get(i));
    }
    return some;
  }

  /** Floating-point operations of forward's products. */
  double forwardFlops() {
    double flops = 0;
    for (int l = 0; l < spec.layers(); l++) {
      double columns = spec.layerInput(l) + spec.stateSize();
      flops += 2.0 * steps * batch * spec.direction().count() * spec.gateRows() * columns;
    }
    return flops;
  }

  /** For example {@code LSTM 16 1024 768 1 FORWARD F16}, as the PyTorch script reads it. */
  String words() {
    return "%s %d %d %d %d %s %s"
        .formatted(
            spec.cell(),
            batch,
            steps,
            spec.hiddenSize(),
            spec.layers(),
            spec.direction(),
            spec.precision());
  }
}
