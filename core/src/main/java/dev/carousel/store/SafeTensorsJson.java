package dev.carousel.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a safetensors header token by token, so that what is built is never more than a
 * small multiple of what was read. Each entry is checked by itself here; how the entries fit
 * together is {@link SafeTensorsHeader}'s task.
 */
final class SafeTensorsJson {
  static final String METADATA = "__metadata__";
  private static final int MAX_RANK = 64;

  /** Far above what models have, so that a header cannot become many times its size in memory. */
  private static final int MAX_ENTRIES = 1 << 16;

  private final Path file;
  private final JsonParser parser;
  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafeTensorsJson(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  static SafeTensorsJson parse(Path file, Reader text) throws IOException {
    try (JsonParser parser = StrictJson.parser(text)) {
      SafeTensorsJson header = new SafeTensorsJson(file, parser);
      header.readRoot();
      return header;
    }
  }

  Map<String, TensorEntry> tensors() {
    return tensors;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  private void readRoot() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (name.equals(METADATA)) {
        readMetadata();
      } else {
        tensors.put(name, readTensor(name));
        requireFew(tensors);
      }
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT, "the header");
    if (parser.nextToken() != null) {
      throw damaged("its header goes on after the closing brace");
    }
  }

  private void readMetadata() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, METADATA);
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + " value '" + key + "'");
      metadata.put(key, parser.getText());
      requireFew(metadata);
    }
  }

  private void requireFew(Map<String, ?> entries) {
    if (entries.size() > MAX_ENTRIES) {
      throw damaged("its header has more than " + MAX_ENTRIES + " entries");
    }
  }

  private TensorEntry readTensor(String name) throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "tensor '" + name + "'");
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      switch (field) {
        case "dtype" -> type = readType(name);
        case "shape" -> shape = readLongs(name, field);
        case "data_offsets" -> offsets = readLongs(name, field);
        default -> throw damaged("tensor '%s' has an unknown field '%s'".formatted(name, field));
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw damaged("tensor '%s' lacks dtype, shape or data_offsets".formatted(name));
    }
    return entry(name, type, shape, offsets);
  }

  private TensorEntry entry(String name, ElementType type, List<Long> shape, List<Long> offsets) {
    if (offsets.size() != 2 || offsets.get(0) < 0 || offsets.get(1) < offsets.get(0)) {
      throw damaged("tensor '%s' has impossible data_offsets %s".formatted(name, offsets));
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    long elements = (end - begin) / type.bytes();
    if (elements * type.bytes() != end - begin || !TensorEntry.holds(shape, elements)) {
      throw damaged(
          "tensor '%s' %s%s does not fit into its data_offsets %s"
              .formatted(name, type, shape, offsets));
    }
    return new TensorEntry(name, type, shape, begin, end);
  }

  private ElementType readType(String name) throws IOException {
    expect(parser.nextToken(), JsonToken.VALUE_STRING, "dtype of tensor '" + name + "'");
    String dtype = parser.getText();
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw damaged("tensor '%s' has the unknown dtype '%s'".formatted(name, dtype));
  }

  private List<Long> readLongs(String name, String field) throws IOException {
    String what = field + " of tensor '" + name + "'";
    expect(parser.nextToken(), JsonToken.START_ARRAY, what);
    List<Long> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "every element of " + what);
      if (values.size() == MAX_RANK) {
        throw damaged(what + " has more than " + MAX_RANK + " elements");
      }
      values.add(parser.getLongValue());
    }
    return values;
  }

  private void expect(@Nullable JsonToken found, JsonToken expected, String what) {
    if (found != expected) {
      throw damaged("%s must be %s, found %s".formatted(what, words(expected), words(found)));
    }
  }

  private static String words(@Nullable JsonToken token) {
    if (token == null) {
      return "the end of the header";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case END_OBJECT -> "the end of an object";
      case START_ARRAY -> "an array";
      case END_ARRAY -> "the end of an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a fractional number";
      default -> token.asString() == null ? token.name() : token.asString();
    };
  }

  private StoreException damaged(String problem) {
    return StoreException.damaged(file, problem);
  }
}
