package dev.carousel.bench.report;

import dev.carousel.bench.run.Results;
import dev.carousel.store.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a run's files go: {@code results.csv}, {@code footprint.csv}, {@code report.md}, a chart.
 */
public final class ReportFolder {
  private final Path folder;
  private final Machine machine;

  /** A folder, made if it is not there. */
  public ReportFolder(Path folder, Machine machine) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.machine = machine;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Writes all that is known so far as text. */
  public void write(Results results) throws IOException {
    write("results.csv", CsvReport.lines(results));
    if (!results.footprints().isEmpty()) {
      write("footprint.csv", CsvReport.footprints(results));
    }
    write("report.md", List.of(MarkdownReport.of(results, machine).stripTrailing()));
  }

  /** Draws the chart; returns why it could not. */
  public Optional<String> draw(Results results) {
    try {
      byte[] png = RaceChart.png(results);
      AtomicFiles.write(folder.resolve("chart.png"), out -> out.write(png));
      return Optional.empty();
    } catch (IOException | RuntimeException | LinkageError | java.awt.AWTError e) {
      // what a JVM without fonts, libfreetype or the desktop module throws is not specified
      return Optional.of("no chart was drawn: " + e.getMessage());
    }
  }

  private void write(String name, List<String> lines) throws IOException {
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(folder.resolve(name), out -> out.write(bytes));
  }
}
