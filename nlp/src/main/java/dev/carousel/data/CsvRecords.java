package dev.carousel.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of an RFC 4180 file. A quoted field keeps its line breaks as they stand in the file.
 *
 * <p>A spoilt record ends with its line. A quote that is never closed ends the reading instead,
 * because nobody can tell how much of the file it swallowed; so does a quoted line that is not
 * UTF-8.
 */
final class CsvRecords {
  private final Utf8Lines lines;
  private final StringBuilder field = new StringBuilder();
  private List<String> fields = new ArrayList<>();
  private String line = "";
  private int at;
  private long startLine;
  private long recordChars;

  CsvRecords(Utf8Lines lines) {
    this.lines = lines;
  }

  /** Returns the line at which the record last read starts. */
  long startLine() {
    return startLine;
  }

  @Nullable List<String> next() throws IOException, BadRowException {
    String first = lines.nextRow();
    while (first != null && first.isEmpty()) {
      first = lines.nextRow();
    }
    if (first == null) {
      return null;
    }
    startLine = lines.number();
    line = first;
    at = 0;
    recordChars = first.length();
    fields = new ArrayList<>();
    do {
      readField();
    } while (at++ < line.length());
    return fields;
  }

  /** Leaves {@code at} on the comma behind the field, or at the end of the line. */
  private void readField() throws IOException, BadRowException {
    field.setLength(0);
    if (at < line.length() && line.charAt(at) == '"') {
      readQuoted();
    } else {
      readPlain();
    }
    fields.add(field.toString());
  }

  private void readPlain() throws BadRowException {
    int end = line.indexOf(',', at);
    end = end < 0 ? line.length() : end;
    field.append(line, at, end);
    if (field.indexOf("\"") >= 0) {
      throw new BadRowException(
          startLine, "a quote inside a field that does not start with one; quote the whole field");
    }
    at = end;
  }

  private void readQuoted() throws IOException, BadRowException {
    at++;
    while (true) {
      int quote = line.indexOf('"', at);
      if (quote < 0) {
        field.append(line, at, line.length());
        readContinuation();
      } else {
        field.append(line, at, quote);
        at = quote + 1;
        if (at >= line.length() || line.charAt(at) != '"') {
          break;
        }
        field.append('"');
        at++;
      }
    }
    if (at < line.length() && line.charAt(at) != ',') {
      throw new BadRowException(startLine, "text after a field's closing quote");
    }
  }

  private void readContinuation() throws IOException {
    String terminator = lines.terminator();
    String next = lines.next();
    if (next == null) {
      throw DataException.at(
          lines.source(), startLine, "a quote opened in this row is never closed");
    }
    recordChars += terminator.length() + next.length();
    if (recordChars > lines.maxLineBytes()) {
      throw DataException.at(
          lines.source(),
          startLine,
          "the row is longer than " + lines.maxLineBytes() + " bytes; is a quote not closed?");
    }
    field.append(terminator);
    line = next;
    at = 0;
  }
}
