package dev.carousel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Results as one line of JSON. */
final class JsonLine {
  // Here rather than in Console, so that a run without JSON does not pay for its loading.
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonLine() {}

  /** {@code fields} in their order, without a line break. */
  static String of(Map<String, ?> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result cannot be written as JSON: " + fields, e);
    }
  }
}
