package dev.carousel.data;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a {@link DataFormat.Csv} file. */
final class CsvRows implements RowReader {
  private final CsvRecords records;
  private final int columns;
  private final int textColumn;
  private final int labelColumn;

  CsvRows(DataFormat.Csv format, Utf8Lines lines) throws IOException {
    this.records = new CsvRecords(lines);
    List<String> header = readHeader(lines);
    this.columns = header.size();
    this.textColumn = column(header, format.textColumn(), lines);
    this.labelColumn = column(header, format.labelColumn(), lines);
  }

  @Override
  public @Nullable Example next() throws IOException, BadRowException {
    List<String> fields = records.next();
    if (fields == null) {
      return null;
    }
    if (fields.size() != columns) {
      throw new BadRowException(
          records.startLine(),
          "the row has "
              + fields.size()
              + " columns, the header "
              + columns
              + "; quote fields that hold commas");
    }
    return LineParser.example(
        fields.get(textColumn), List.of(fields.get(labelColumn)), records.startLine());
  }

  private List<String> readHeader(Utf8Lines lines) throws IOException {
    try {
      List<String> header = records.next();
      if (header == null) {
        throw DataException.in(lines.source(), "the file is empty; a CSV file needs a header row");
      }
      return header;
    } catch (BadRowException bad) {
      throw DataException.at(lines.source(), bad.line(), "in the header: " + bad.problem());
    }
  }

  private int column(List<String> header, String name, Utf8Lines lines) {
    int index = header.indexOf(name);
    if (index < 0 || header.lastIndexOf(name) != index) {
      throw DataException.at(
          lines.source(),
          records.startLine(),
          (index < 0 ? "no column '" : "more than one column '")
              + name
              + "' in the header "
              + header
              + "; name the columns as csv:TEXT_COLUMN,LABEL_COLUMN");
    }
    return index;
  }
}
