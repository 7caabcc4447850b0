package dev.carousel.cli;

import dev.carousel.data.Columns;
import dev.carousel.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      description = {
        "Taggers: the file's columns, as in token,pos,tag; _ for one that is not read",
        "(default: token, the model's further columns, tag)."
      })
  private @Nullable String columns;

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
   * The columns of a CoNLL file.
   *
   * @param features the model's further columns, for the default
   * @throws IllegalArgumentException if the flag is not understood
   */
  Columns columns(List<String> features) {
    if (columns != null) {
      return Columns.parse(columns);
    }
    List<String> names = new ArrayList<>(List.of(Columns.TOKEN));
    names.addAll(features);
    names.add("tag");
    return new Columns(names);
  }

  /** Checks the flags. */
  EvalFlags checked() {
    format.files();
    columns(List.of());
    return this;
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
