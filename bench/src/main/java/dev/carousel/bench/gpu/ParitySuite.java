package dev.carousel.bench.gpu;

import dev.carousel.compare.BackendComparison;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference backend against a GPU on networks of ordinary sizes. */
final class ParitySuite {
  private ParitySuite() {}

  static List<Map<String, Object>> run(Backend gpu, List<Precision> precisions) {
    List<Map<String, Object>> results = new ArrayList<>();
    try (Backend reference = Backends.named("reference")) {
      for (Precision p : precisions) {
        for (RnnCase c : cases(p)) {
          BackendComparison comparison = BackendComparison.of(reference, gpu, c);
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("shape", c.toString());
          fields.put("withinTolerance", comparison.beyondTolerance().isEmpty());
          fields.put("deviations", comparison.deviations());
          results.add(fields);
        }
      }
    }
    return results;
  }

  private static List<RnnCase> cases(Precision p) {
    List<RnnCase> cases = new ArrayList<>();
    for (Cell cell : List.of(Cell.LSTM, Cell.GRU, Cell.RNN_TANH)) {
      for (LengthPattern lengths : LengthPattern.values()) {
        RnnSpec spec =
            RnnSpec.of(cell, 50, 64)
                .withLayers(2)
                .withDirection(Direction.BIDIRECTIONAL)
                .withPrecision(p);
        cases.add(RnnCase.of(spec, 30, 8, lengths, cases.size()));
      }
    }
    return cases;
  }
}
