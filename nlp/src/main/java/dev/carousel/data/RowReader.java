package dev.carousel.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one open file, one example at a time. */
interface RowReader {
  /**
   * Reads the next row.
   *
   * @return the example, or null at the end of the file
   * @throws BadRowException if this row is spoilt; the next call goes on behind it
   * @throws DataException if the file cannot be read on
   */
  @Nullable Example next() throws IOException, BadRowException;

  /** Opens a file's rows. */
  static RowReader of(DataFormat format, Utf8Lines lines) throws IOException {
    if (format instanceof DataFormat.Csv csv) {
      return new CsvRows(csv, lines);
    }
    if (format instanceof DataFormat.SentimentJson) {
      return new SentimentJsonRows(lines);
    }
    return new LineRows(lines, LineParser.of(format), headerRows(format));
  }

  private static int headerRows(DataFormat format) {
    return format instanceof DataFormat.Tsv tsv && tsv.header() == DataFormat.HeaderRow.PRESENT
        ? 1
        : 0;
  }
}
