package dev.carousel.store;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes tensors in the safetensors format.
 *
 * <p>{@code put} keeps a view of the caller's array, so nothing is copied and a slice of a flat
 * buffer is as good as an array; do not change the values before {@link #writeTo}. The order of the
 * calls does not matter: like the reference implementation, the file is sorted by {@link
 * ElementType}, last first, then by name, and the header is padded with spaces to 8 bytes. The same
 * tensors and metadata therefore always give the same bytes.
 */
public final class SafeTensorsWriter {
  private static final int CHUNK = 1 << 18;
  private static final int ALIGNMENT = 8;

  private final List<Pending> pending = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> metadata = new TreeMap<>();

  /** Where the values of a tensor come from. */
  private interface Values {
    /** Fills {@code chunk} with the elements from element {@code from} on. */
    void copy(int from, ByteBuffer chunk);
  }

  private record Pending(
      String name, ElementType type, List<Long> shape, int elements, Values values) {
    long bytes() {
      return (long) elements * type.bytes();
    }
  }

  /** An empty file. */
  public SafeTensorsWriter() {}

  /**
   * Adds one string to {@code __metadata__}.
   *
   * @throws IllegalArgumentException if the key was given before
   */
  public SafeTensorsWriter metadata(String key, String value) {
    if (metadata.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("metadata '" + key + "' was given twice");
    }
    return this;
  }

  /**
   * Adds an F32 tensor.
   *
   * @param name not empty, not yet used, not {@code __metadata__}
   * @param values its remaining elements, row-major
   * @param shape outermost first, empty for a scalar; its product is the number of values
   * @throws IllegalArgumentException if the name or the shape does not fit
   */
  public SafeTensorsWriter put(String name, FloatBuffer values, long... shape) {
    FloatBuffer source = values.slice();
    Values copy = (from, to) -> to.asFloatBuffer().put(source.slice(from, to.remaining() >> 2));
    return add(name, ElementType.F32, shape, source.remaining(), copy);
  }

  /** As {@link #put(String, FloatBuffer, long...)}, with type I32. */
  public SafeTensorsWriter put(String name, IntBuffer values, long... shape) {
    IntBuffer source = values.slice();
    Values copy = (from, to) -> to.asIntBuffer().put(source.slice(from, to.remaining() >> 2));
    return add(name, ElementType.I32, shape, source.remaining(), copy);
  }

  /** As {@link #put(String, FloatBuffer, long...)}, with type I64. */
  public SafeTensorsWriter put(String name, LongBuffer values, long... shape) {
    LongBuffer source = values.slice();
    Values copy = (from, to) -> to.asLongBuffer().put(source.slice(from, to.remaining() >> 3));
    return add(name, ElementType.I64, shape, source.remaining(), copy);
  }

  /** As {@link #put(String, FloatBuffer, long...)}, with type F64. */
  public SafeTensorsWriter put(String name, DoubleBuffer values, long... shape) {
    DoubleBuffer source = values.slice();
    Values copy = (from, to) -> to.asDoubleBuffer().put(source.slice(from, to.remaining() >> 3));
    return add(name, ElementType.F64, shape, source.remaining(), copy);
  }

  /**
   * Adds a U8 tensor whose bytes are asked for when everything of wider elements has been written.
   */
  SafeTensorsWriter putLate(String name, int count, Supplier<byte[]> bytes) {
    Values copy = (from, to) -> to.put(bytes.get(), from, to.remaining());
    return add(name, ElementType.U8, new long[] {count}, count, copy);
  }

  /**
   * Replaces {@code file} by this content; a reader sees the old file or the whole new one.
   *
   * @throws StoreException if it cannot be written; the old file is then unchanged
   */
  public void writeTo(Path file) {
    AtomicFiles.write(file, this::writeTo);
  }

  /** Writes header and data to {@code out}, which stays open. */
  public void writeTo(OutputStream out) throws IOException {
    List<Pending> ordered = new ArrayList<>(pending);
    ordered.sort(Comparator.comparing(Pending::type).reversed().thenComparing(Pending::name));
    byte[] header = header(ordered);
    byte[] chunk = new byte[CHUNK];
    littleEndian(chunk).putLong(header.length);
    out.write(chunk, 0, SafeTensorsHeader.LENGTH_BYTES);
    out.write(header);
    for (Pending tensor : ordered) {
      writeData(tensor, chunk, out);
    }
  }

  private static void writeData(Pending tensor, byte[] chunk, OutputStream out) throws IOException {
    int capacity = CHUNK / tensor.type().bytes();
    for (int from = 0; from < tensor.elements(); ) {
      int n = Math.min(capacity, tensor.elements() - from);
      int bytes = n * tensor.type().bytes();
      tensor.values().copy(from, littleEndian(chunk).limit(bytes));
      out.write(chunk, 0, bytes);
      from += n;
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] header(List<Pending> ordered) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = StrictJson.generator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeFieldName(SafeTensorsJson.METADATA);
        json.writeStartObject();
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long position = 0;
      for (Pending tensor : ordered) {
        writeEntry(json, tensor, position);
        position += tensor.bytes();
      }
      json.writeEndObject();
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    if (bytes.size() > SafeTensorsHeader.MAX_LENGTH) {
      throw new IOException("a header of " + bytes.size() + " bytes is longer than allowed");
    }
    return bytes.toByteArray();
  }

  private static void writeEntry(JsonGenerator json, Pending tensor, long begin)
      throws IOException {
    json.writeFieldName(tensor.name());
    json.writeStartObject();
    json.writeStringField("dtype", tensor.type().name());
    writeLongs(json, "shape", tensor.shape());
    writeLongs(json, "data_offsets", List.of(begin, begin + tensor.bytes()));
    json.writeEndObject();
  }

  private static void writeLongs(JsonGenerator json, String name, List<Long> values)
      throws IOException {
    json.writeFieldName(name);
    json.writeStartArray();
    for (long value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  private SafeTensorsWriter add(
      String name, ElementType type, long[] dimensions, int elements, Values values) {
    List<Long> shape = Arrays.stream(dimensions).boxed().toList();
    if (name.isEmpty() || name.equals(SafeTensorsJson.METADATA)) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a tensor");
    }
    if (!TensorEntry.holds(shape, elements)) {
      throw new IllegalArgumentException(
          "tensor '%s' has shape %s but %d values".formatted(name, shape, elements));
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("tensor '" + name + "' was given twice");
    }
    pending.add(new Pending(name, type, shape, elements, values));
    return this;
  }
}
