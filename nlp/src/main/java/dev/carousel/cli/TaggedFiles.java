package dev.carousel.cli;

import dev.carousel.data.Columns;
import dev.carousel.data.ConllReader;
import dev.carousel.data.DataException;
import dev.carousel.data.ReadOptions;
import dev.carousel.data.SlotFolder;
import dev.carousel.data.TaggedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads tagged sentences: a CoNLL file, or a folder with {@code seq.in}, {@code seq.out} and {@code
 * label}.
 *
 * @param columns of a CoNLL file
 * @param options what to do with bad rows
 */
record TaggedFiles(Columns columns, ReadOptions options) {
  /**
   * Reads a file or folder.
   *
   * @throws DataException if it cannot be understood, naming the line
   */
  TaggedData read(Path file, Console console) throws IOException {
    if (!Files.exists(file)) {
      throw DataException.in(file.toString(), "there is no such file");
    }
    TaggedData data =
        Files.isDirectory(file)
            ? SlotFolder.read(file, options)
            : ConllReader.read(file, columns, options);
    if (data.report().skipped() > 0) {
      console.progress(data.report().describe().stripTrailing());
    }
    if (data.size() == 0) {
      throw DataException.in(file.toString(), "has no sentences");
    }
    return data;
  }
}
