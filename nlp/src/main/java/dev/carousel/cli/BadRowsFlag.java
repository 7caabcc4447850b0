package dev.carousel.cli;

import dev.carousel.data.BadRows;
import dev.carousel.data.ReadOptions;
import picocli.CommandLine.Option;

/** Flag: what becomes of rows that cannot be understood. */
final class BadRowsFlag {
  @Option(
      names = "--skip-bad-rows",
      description = "Leave out rows that cannot be understood, and list them, instead of failing.")
  private boolean skipBadRows;

  ReadOptions options() {
    return ReadOptions.withBadRows(skipBadRows ? BadRows.SKIP_AND_REPORT : BadRows.FAIL);
  }
}
