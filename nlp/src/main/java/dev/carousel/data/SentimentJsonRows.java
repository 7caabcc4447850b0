package dev.carousel.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The elements of a {@link DataFormat.SentimentJson} file. */
final class SentimentJsonRows implements RowReader {
  private static final JsonLine ELEMENT = new JsonLine("text", "class");

  private final Iterator<JsonNode> elements;
  private long index;

  SentimentJsonRows(Utf8Lines lines) throws IOException {
    this.elements = readArray(lines).iterator();
  }

  @Override
  public @Nullable Example next() throws BadRowException {
    while (elements.hasNext()) {
      JsonNode element = elements.next();
      index++;
      if (element.path("class").isNull()) {
        continue;
      }
      try {
        return ELEMENT.example(element, 1);
      } catch (BadRowException bad) {
        // The published files are a single line, so the element is the useful position.
        throw new BadRowException(1, "element " + index + ": " + bad.problem());
      }
    }
    return null;
  }

  private static JsonNode readArray(Utf8Lines lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = lines.next(); line != null; line = lines.next()) {
      text.append(line).append('\n');
    }
    try {
      JsonNode root = JsonLine.MAPPER.readTree(text.toString());
      if (root.isArray()) {
        return root;
      }
    } catch (JsonProcessingException invalid) {
      long line = invalid.getLocation() == null ? 1 : invalid.getLocation().getLineNr();
      throw DataException.at(lines.source(), line, "invalid JSON: " + JsonLine.describe(invalid));
    }
    throw DataException.in(
        lines.source(), "expected a JSON array of {\"text\": …, \"class\": 0|1}");
  }
}
