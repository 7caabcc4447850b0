package dev.carousel.train;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Splits RFC 4180 text into records, each as it stands, and quotes fields. */
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
}
