package dev.carousel.cli;

import dev.carousel.data.DataException;
import dev.carousel.data.PairColumns;
import dev.carousel.data.PairSet;
import dev.carousel.data.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads pairs of texts: from a file with tabs, or from two files whose lines belong together.
 *
 * @param columns of a file with tabs
 * @param options what to do with bad rows
 */
record PairFiles(PairColumns columns, ReadOptions options) {
  /**
   * Reads a set.
   *
   * @param file with tabs, or the sources
   * @param targets null for a file with tabs
   * @throws DataException if it cannot be understood, naming the line
   */
  PairSet read(Path file, @Nullable Path targets, Console console) throws IOException {
    DataException.requireFile(file);
    if (targets != null) {
      DataException.requireFile(targets);
    }
    PairSet data =
        targets == null
            ? PairSet.readTsv(file, columns, options)
            : PairSet.read(file, targets, options);
    if (data.report().skipped() > 0) {
      console.progress(data.report().describe().stripTrailing());
    }
    if (data.size() == 0) {
      throw DataException.in(file.toString(), "has no pairs");
    }
    return data;
  }
}
