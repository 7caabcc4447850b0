package dev.carousel.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Results as one line of JSON. */
final class JsonLine {
  // Here rather than in Console, so that a run without JSON does not pay for its loading.
  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private JsonLine() {}

  /** {@code fields} in their order, without a line break. */
  static String of(Map<String, ?> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be written as JSON: " + fields, e);
    }
  }

  /** The same line written piece by piece: it may be larger than a text can be. */
  static void write(Map<String, ?> fields, PrintStream out) {
    try {
      MAPPER.writeValue(out, fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
  }
}
