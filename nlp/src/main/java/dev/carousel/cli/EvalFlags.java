package dev.carousel.cli;

import dev.carousel.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code eval}: what to measure on. Each task says which of them it heeds. */
final class EvalFlags {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "What to measure on: a file as the model was trained on.")
  private Path data = Path.of("");

  @Mixin private DataFlags format;

  Path data() {
    return data;
  }

  /**
   * Requires the data before a model is read for it.
   *
   * @throws DataException if there is none
   */
  void requireData() {
    if (!Files.exists(data)) {
      throw DataException.in(data.toString(), "there is no such file");
    }
  }

  /**
   * What reads labelled texts.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  DataFiles files() {
    return format.files();
  }
}
