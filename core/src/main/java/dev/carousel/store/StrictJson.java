package dev.carousel.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * JSON that says exactly what a record holds, and nothing else.
 *
 * <p>Components are numbers, strings, booleans, enums, records, lists and maps of them. Reading
 * refuses unknown, missing, repeated and null fields, numbers written as text, text after the end,
 * nesting deeper than 32, and overlong numbers, names and strings. No type name ever comes from the
 * text. Writing sorts maps by key, so equal records give equal text on every platform.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_LENGTH = 64;
  private static final int MAX_NAME_LENGTH = 4096;
  private static final int MAX_STRING_LENGTH = 1 << 24;

  /** Jackson's advice on how to be less strict. */
  private static final Pattern ABOUT_FEATURES =
      Pattern.compile("[ ;(]*[`(](Deserialization|Mapper)Feature.*", Pattern.DOTALL);

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxStringLength(MAX_STRING_LENGTH)
                  .build())
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, StrictJson::refuseNumbers)
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private static final ObjectWriter WRITER =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private StrictJson() {}

  /**
   * Reads the one value that {@code text} holds.
   *
   * @param file where the text comes from, for the message
   * @throws StoreException if it is not JSON or does not fit {@code type}, naming line and field
   */
  public static <R extends Record> R read(Path file, String text, Class<R> type) {
    try {
      R value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new StoreException(file, "holds null instead of an object", "correct the file");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new StoreException(file, "is not valid: " + reason(e), "correct the file", e);
    }
  }

  /** Writes a record as indented JSON that ends with a line feed. */
  public static String write(Record value) {
    try {
      return WRITER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  static JsonParser parser(Reader text) throws IOException {
    return FACTORY.createParser(text);
  }

  static JsonGenerator generator(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  private static void refuseNumbers(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
  }

  /** The problem, its field and its line, without the names of Java classes where possible. */
  static String reason(JsonProcessingException e) {
    StringBuilder text = new StringBuilder();
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      text.append("field '").append(path(mapping)).append("': ");
    }
    text.append(problem(e));
    JsonLocation at = e.getLocation();
    if (at != null && at.getLineNr() > 0) {
      text.append(" (line ").append(at.getLineNr());
      text.append(", column ").append(at.getColumnNr()).append(')');
    }
    return text.toString();
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown field; known are " + known(unknown);
    }
    Throwable cause = e.getCause();
    if (e instanceof ValueInstantiationException && cause != null && cause.getMessage() != null) {
      return cause.getMessage();
    }
    return ABOUT_FEATURES.matcher(e.getOriginalMessage()).replaceFirst("");
  }

  private static Set<String> known(UnrecognizedPropertyException e) {
    Set<String> names = new TreeSet<>();
    e.getKnownPropertyIds().forEach(name -> names.add(name.toString()));
    return names;
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      String name = step.getFieldName();
      if (name == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
      }
    }
    return path.toString();
  }
}
