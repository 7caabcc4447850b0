package dev.carousel.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/** A JSON object with a text and a label under two keys. */
record JsonLine(String textKey, String labelKey) implements LineParser {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  @Override
  public Example parse(String line, long number) throws BadRowException {
    try {
      return example(MAPPER.readTree(line), number);
    } catch (JsonProcessingException invalid) {
      throw new BadRowException(number, "invalid JSON: " + describe(invalid));
    }
  }

  /** What is wrong with the JSON, and in which column. */
  static String describe(JsonProcessingException invalid) {
    String where =
        invalid.getLocation() == null ? "" : " at column " + invalid.getLocation().getColumnNr();
    return invalid.getOriginalMessage() + where;
  }

  Example example(JsonNode object, long number) throws BadRowException {
    if (!object.isObject()) {
      throw new BadRowException(number, "expected a JSON object");
    }
    JsonNode text = object.get(textKey);
    if (text == null || !text.isTextual()) {
      throw new BadRowException(number, "no string under the key \"" + textKey + "\"");
    }
    JsonNode label = object.get(labelKey);
    if (label == null || label.isNull()) {
      throw new BadRowException(number, "no label under the key \"" + labelKey + "\"");
    }
    return LineParser.example(text.asText(), labels(label, number), number);
  }

  private List<String> labels(JsonNode label, long number) throws BadRowException {
    if (!label.isArray()) {
      return List.of(scalar(label, number));
    }
    List<String> labels = new ArrayList<>();
    for (JsonNode element : label) {
      labels.add(scalar(element, number));
    }
    return labels;
  }

  private String scalar(JsonNode node, long number) throws BadRowException {
    if (!node.isValueNode() || node.isNull()) {
      throw new BadRowException(
          number,
          "the label under \"" + labelKey + "\" must be a string, number, boolean or array");
    }
    return node.asText();
  }
}
