package dev.carousel.cli;

import dev.carousel.data.DataFormat;
import dev.carousel.data.DialogueFormat;
import dev.carousel.data.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

  @Mixin private BadRowsFlag badRows;

  /**
   * What reads them.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  DataFiles files() {
    return new DataFiles(format == null ? null : DataFormat.named(format), options());
  }

  /** What to do with bad rows, whatever the format. */
  ReadOptions options() {
    return badRows.options();
  }

  /**
   * What reads dialogues.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  DialogueFiles dialogues() {
    return new DialogueFiles(format == null ? null : DialogueFormat.named(format), options());
  }
}
