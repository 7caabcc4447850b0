package dev.carousel.train;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits RFC 4180 text into records and records into fields, and the other way round. */
final class CsvRecords {
  static final String END = "\r\n";

  private final Reader reader;

  CsvRecords(Reader reader) {
    this.reader = reader;
  }

  /**
   * The next record without its line end, or null at the end of the text. A last record that lacks
   * the line end is one that was cut off, and is not answered.
   */
  @Nullable String next() throws IOException {
    StringBuilder record = new StringBuilder();
    boolean quoted = false;
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      record.append((char) c);
      quoted ^= c == '"';
      if (c == '\n' && !quoted) {
        int end = record.length() - 1;
        boolean carriageReturn = end > 0 && record.charAt(end - 1) == '\r';
        return record.substring(0, carriageReturn ? end - 1 : end);
      }
    }
    return null;
  }

  /** The fields of a record, without their quotes. */
  static List<String> fields(String record) {
    List<String> fields = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i <= record.length(); i++) {
      if (i == record.length() || (record.charAt(i) == ',' && !quoted)) {
        fields.add(unquoted(record.substring(begin, i)));
        begin = i + 1;
      } else {
        quoted ^= record.charAt(i) == '"';
      }
    }
    return fields;
  }

  /** One record with its line end. */
  static String record(Object... fields) {
    StringBuilder record = new StringBuilder();
    for (Object field : fields) {
      record.append(record.isEmpty() ? "" : ",").append(quoted(field.toString()));
    }
    return record.append(END).toString();
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  private static String unquoted(String field) {
    return field.length() >= 2 && field.startsWith("\"")
        ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
        : field;
  }
}
