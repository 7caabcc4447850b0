package dev.carousel.bench.report;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.run.Contestant;
import dev.carousel.bench.run.Outcome.Measured;
import dev.carousel.bench.run.Results;
import dev.carousel.bench.run.Statistics;
import dev.carousel.rnn.Precision;
import java.util.List;
import java.util.Optional;

/** Our rows beside those of the others. */
public final class Ratios {
  private final List<Measured> measured;

  /** Of these results. */
  public Ratios(Results results) {
    this.measured = results.measured();
  }

  /** The time of the fastest rival on the row, in single precision, in parts of this time. */
  public Optional<Double> againstRivals(Measured own) {
    return measured.stream()
        .filter(m -> sameRow(m, own) && m.contestant().rival() && single(m.contestant()))
        .map(m -> m.medianMicros() / own.medianMicros())
        .min(Double::compare);
  }

  private static boolean single(Contestant contestant) {
    return contestant.precision() == Precision.F32;
  }

  private static boolean sameRow(Measured a, Measured b) {
    return a.row().equals(b.row()) && a.threads() == b.threads();
  }

  /** Our measurements with this many threads in this arithmetic, where a rival has the row. */
  public List<Double> own(int threads, Precision precision) {
    return measured.stream()
        .filter(m -> m.contestant().own() && m.contestant().precision() == precision)
        .filter(m -> m.threads() == threads)
        .flatMap(m -> againstRivals(m).stream())
        .toList();
  }

  /** Their geometric mean; NaN for none. */
  public double mean(int threads, Precision precision) {
    return Statistics.geometricMean(own(threads, precision));
  }

  /** One measurement, if it was made. */
  public Optional<Measured> find(Row row, int threads, Contestant contestant) {
    return measured.stream()
        .filter(m -> m.row().equals(row) && m.threads() == threads)
        .filter(m -> m.contestant().equals(contestant))
        .findFirst();
  }
}
