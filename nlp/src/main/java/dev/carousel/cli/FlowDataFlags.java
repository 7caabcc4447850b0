package dev.carousel.cli;

import dev.carousel.data.Columns;
import dev.carousel.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code gradients} for a trained model and its data. */
final class FlowDataFlags {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "With DIR: a file as the model was trained on.")
  private @Nullable Path data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "With DIR: read the first N texts or windows (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Language models: tokens of a window (default: ${DEFAULT-VALUE}).")
  private int window = 64;

  @Mixin private ColumnsFlag columns;
  @Mixin private DataFlags format;

  /**
   * The file.
   *
   * @throws DataException if there is none
   */
  Path data() {
    if (data == null) {
      throw new IllegalArgumentException("a model needs data to read: give --data FILE");
    }
    if (!Files.exists(data)) {
      throw DataException.in(data.toString(), "there is no such file");
    }
    return data;
  }

  /** Checks the flags. */
  FlowDataFlags checked() {
    if (limit < 1 || window < 1) {
      throw new IllegalArgumentException(
          "--limit and --window must be at least 1, not %d and %d".formatted(limit, window));
    }
    columns(List.of());
    if (data != null) {
      columns.check(data);
    }
    format.files();
    return this;
  }

  int limit() {
    return limit;
  }

  int window() {
    return window;
  }

  /** The columns of a CoNLL file; by default token, those that the model reads, tag. */
  Columns columns(List<String> features) {
    return columns.columns(features);
  }

  DataFiles files() {
    return format.files();
  }
}
