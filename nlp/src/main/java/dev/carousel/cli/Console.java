package dev.carousel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out answers and nothing else
 * @param err progress and messages
 */
public record Console(InputStream in, PrintWriter out, PrintWriter err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Prints one line of JSON to {@link #out()}: {@code fields} in their order. */
  void json(Map<String, ?> fields) {
    try {
      out.println(JSON.writeValueAsString(fields));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be written as JSON: " + fields, e);
    }
  }

  /** Prints one line of progress to {@link #err()}. */
  void progress(String line) {
    err.println(line);
    err.flush();
  }
}
