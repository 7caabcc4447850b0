package dev.carousel.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a format in which one line is one row. */
final class LineRows implements RowReader {
  private final Utf8Lines lines;
  private final LineParser parser;
  private int headerRowsLeft;

  LineRows(Utf8Lines lines, LineParser parser, int headerRows) {
    this.lines = lines;
    this.parser = parser;
    this.headerRowsLeft = headerRows;
  }

  @Override
  public @Nullable Example next() throws IOException, BadRowException {
    for (String line = lines.nextRow(); line != null; line = lines.nextRow()) {
      if (line.isBlank()) {
        continue;
      }
      if (headerRowsLeft > 0) {
        headerRowsLeft--;
        continue;
      }
      return parser.parse(line, lines.number());
    }
    return null;
  }
}
