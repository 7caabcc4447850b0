package dev.carousel.cli;

import dev.carousel.data.DataException;
import dev.carousel.data.DataFormat;
import dev.carousel.data.DataSet;
import dev.carousel.data.FormatDetection;
import dev.carousel.data.FormatDetection.Detected;
import dev.carousel.data.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads labelled files as a command was told to.
 *
 * @param format the format, or null to find it out
 * @param options what to do with bad rows
 */
record DataFiles(@Nullable DataFormat format, ReadOptions options) {
  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be understood, naming the line
   */
  DataSet read(Path file, Console console) throws IOException {
    DataException.requireFile(file);
    DataSet data = DataSet.read(file, format(file, console), options);
    if (data.report().skipped() > 0) {
      console.progress(data.report().describe().stripTrailing());
    }
    if (data.size() == 0) {
      throw DataException.in(file.toString(), "has no examples");
    }
    return data;
  }

  private DataFormat format(Path file, Console console) throws IOException {
    if (format != null) {
      return format;
    }
    FormatDetection found = FormatDetection.of(file);
    if (found instanceof Detected detected) {
      console.progress(
          "%s: read as %s (%s)".formatted(file, detected.format().spec(), detected.reason()));
      return detected.format();
    }
    throw DataException.in(file.toString(), found.reason() + "; name one with --format");
  }
}
