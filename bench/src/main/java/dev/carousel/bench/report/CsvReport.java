package dev.carousel.bench.report;

import dev.carousel.bench.run.Footprint;
import dev.carousel.bench.run.Outcome;
import dev.carousel.bench.run.Outcome.Measured;
import dev.carousel.bench.run.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures for programs. What was not measured is an empty field. */
public final class CsvReport {
  /** The first line. */
  public static final String HEADER =
      "row,threads,peer,precision,median_us,p10_us,tokens_per_s,gflops,fraction_of_ceiling,max_error";

  private CsvReport() {}

  /** One line for each peer on each row; no figures where the report gives a reason instead. */
  public static List<String> lines(Results results) {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (Outcome o : results.outcomes()) {
      String key =
          String.join(
              ",",
              o.row().name(),
              String.valueOf(o.threads()),
              o.contestant().peer().name(),
              o.contestant().arithmetic());
      lines.add(key + "," + (o instanceof Measured m ? figures(m) : ",,,,,"));
    }
    return lines;
  }

  private static String figures(Measured m) {
    return String.join(
        ",",
        Numbers.field("%.3f", m.medianMicros()),
        Numbers.field("%.3f", m.p10Micros()),
        Numbers.field("%.0f", m.tokensPerSecond()),
        Numbers.field("%.2f", m.gflops()),
        Numbers.field("%.4f", m.fraction()),
        Numbers.field("%.3e", m.maxError()));
  }

  /** Downloads, first starts and memory, which are no rows. */
  public static List<String> footprints(Results results) {
    List<String> lines = new ArrayList<>();
    lines.add("peer,precision,threads,download_bytes,unpacked_bytes,first_start_us,peak_bytes");
    for (Footprint f : results.footprints()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%s,%d,%d,%d,%.0f,%s",
              f.contestant().peer().name(),
              f.contestant().arithmetic(),
              f.threads(),
              f.downloadBytes(),
              f.unpackedBytes(),
              f.firstStartMicros(),
              f.peakBytes() < 0 ? "" : String.valueOf(f.peakBytes())));
    }
    return lines;
  }
}
