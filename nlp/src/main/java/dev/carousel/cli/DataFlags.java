package dev.carousel.cli;

import dev.carousel.data.BadRows;
import dev.carousel.data.DataFormat;
import dev.carousel.data.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: how labelled files are read. */
final class DataFlags {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "tsv (label, tab, text), tsv:text,label, csv, csv:TEXT,LABEL (column names), jsonl,",
        "jsonl:TEXT,LABEL (keys), fasttext, trec, trec:fine, sst2, chnsenticorp or sentiment-json",
        "(default: found out from the file)."
      })
  private @Nullable String format;

  @Option(
      names = "--skip-bad-rows",
      description = "Leave out rows that cannot be understood, and list them, instead of failing.")
  private boolean skipBadRows;

  /**
   * What reads them.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  DataFiles files() {
    BadRows bad = skipBadRows ? BadRows.SKIP_AND_REPORT : BadRows.FAIL;
    return new DataFiles(
        format == null ? null : DataFormat.named(format), ReadOptions.withBadRows(bad));
  }
}
