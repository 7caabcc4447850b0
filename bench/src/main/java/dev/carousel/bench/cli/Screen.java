package dev.carousel.bench.cli;

import dev.carousel.bench.report.ReportFolder;
import dev.carousel.bench.report.TextTable;
import dev.carousel.bench.run.Championship;
import dev.carousel.bench.run.Outcome;
import dev.carousel.bench.run.Results;
import dev.carousel.cli.Console;
import java.io.IOException;
import java.util.List;

/**
 * Prints each row when it is done and keeps the files up to date, so that a stopped run is not
 * lost.
 */
final class Screen implements Championship.Observer {
  private final Console console;
  private final ReportFolder report;
  private boolean begun;

  Screen(Console console, ReportFolder report) {
    this.console = console;
    this.report = report;
  }

  @Override
  public void progress(String line) {
    console.progress(line);
  }

  @Override
  public void rowDone(List<Outcome> outcomes, Results soFar) throws IOException {
    if (!begun) {
      console.out().println(TextTable.head());
      begun = true;
    }
    for (Outcome o : outcomes) {
      console.out().println(TextTable.line(o, soFar));
    }
    console.out().flush();
    report.write(soFar);
  }
}
