package dev.carousel.cli;

import dev.carousel.data.Columns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flag: the columns of a CoNLL file that a tagger reads. */
final class ColumnsFlag {
  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      description = {
        "Taggers: the file's columns, as in token,pos,tag; _ for one that is not read",
        "(default: token, the model's further columns, tag)."
      })
  private @Nullable String columns;

  /**
   * Refuses columns of what has none.
   *
   * @param data a CoNLL file, or a folder with slots and intents
   */
  void check(Path data) {
    if (columns != null && Files.isDirectory(data)) {
      throw new IllegalArgumentException(
          "--columns is for CoNLL files; " + data + " is a folder with seq.in, seq.out and label");
    }
  }

  /**
   * The columns.
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
}
