package dev.carousel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a file in the safetensors format: named, typed, shaped tensors, little-endian and
 * row-major.
 *
 * <p>{@link #open} reads and checks the header only. Values stream through a small buffer into
 * arrays of the caller, so a file larger than the heap can be read piece by piece:
 *
 * <pre>{@code
 * try (SafeTensors file = SafeTensors.open(path)) {
 *   float[] weights = file.floats("rnn.weights");                  // all of it
 *   file.read("table", 0, FloatBuffer.wrap(flat, offset, count));  // into a slice
 * }
 * }</pre>
 *
 * <p>The header must have at most 100 MB and the tensors must cover the data without hole or
 * overlap, as the format's own documentation demands. Safe for any number of threads.
 */
public final class SafeTensors implements AutoCloseable {
  private static final int CHUNK = 1 << 18;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final Path file;
  private final FileChannel channel;
  private final SafeTensorsHeader header;

  private SafeTensors(Path file, FileChannel channel, SafeTensorsHeader header) {
    this.file = file;
    this.channel = channel;
    this.header = header;
  }

  /**
   * Opens {@code file} and checks its header. The caller closes it.
   *
   * @throws StoreException if it cannot be read or is not a whole safetensors file
   */
  public static SafeTensors open(Path file) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        return new SafeTensors(file, channel, SafeTensorsHeader.read(file, channel));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw StoreException.unreadable(file, e);
    }
  }

  /** The tensors by name, in the order of their data. */
  public Map<String, TensorEntry> tensors() {
    return header.tensors();
  }

  /** The strings under {@code __metadata__}; empty if the file has none. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * The entry of one tensor.
   *
   * @throws StoreException if there is none of that name
   */
  public TensorEntry tensor(String name) {
    TensorEntry tensor = header.tensors().get(name);
    if (tensor == null) {
      throw new StoreException(
          file, "has no tensor '" + name + "'", "check that it belongs to this model");
    }
    return tensor;
  }

  /**
   * Fills {@code target} with the elements of tensor {@code name} from element {@code from} on. F16
   * and BF16 are widened to float, which is exact; other types than F32 are refused.
   *
   * @throws StoreException if the name, type or range is not in the file
   */
  public void read(String name, long from, FloatBuffer target) {
    TensorEntry tensor = tensor(name);
    Consumer<ByteBuffer> sink =
        switch (tensor.type()) {
          case F32 -> piece -> target.put(piece.asFloatBuffer());
          case F16 -> piece -> widenF16(piece.asShortBuffer(), target);
          case BF16 -> piece -> widenBf16(piece.asShortBuffer(), target);
          default -> throw wrongType(tensor, "F32, F16 or BF16");
        };
    stream(tensor, from, target.remaining(), sink);
  }

  /** As {@link #read(String, long, FloatBuffer)}, for F64. */
  public void read(String name, long from, DoubleBuffer target) {
    TensorEntry tensor = typed(name, ElementType.F64);
    stream(tensor, from, target.remaining(), piece -> target.put(piece.asDoubleBuffer()));
  }

  /** As {@link #read(String, long, FloatBuffer)}, for I32. */
  public void read(String name, long from, IntBuffer target) {
    TensorEntry tensor = typed(name, ElementType.I32);
    stream(tensor, from, target.remaining(), piece -> target.put(piece.asIntBuffer()));
  }

  /** As {@link #read(String, long, FloatBuffer)}, for I64. */
  public void read(String name, long from, LongBuffer target) {
    TensorEntry tensor = typed(name, ElementType.I64);
    stream(tensor, from, target.remaining(), piece -> target.put(piece.asLongBuffer()));
  }

  /** All elements of an F32, F16 or BF16 tensor, row-major. */
  public float[] floats(String name) {
    float[] values = new float[arrayLength(name)];
    read(name, 0, FloatBuffer.wrap(values));
    return values;
  }

  /** All elements of an F64 tensor, row-major. */
  public double[] doubles(String name) {
    double[] values = new double[arrayLength(name)];
    read(name, 0, DoubleBuffer.wrap(values));
    return values;
  }

  /** All elements of an I32 tensor, row-major. */
  public int[] ints(String name) {
    int[] values = new int[arrayLength(name)];
    read(name, 0, IntBuffer.wrap(values));
    return values;
  }

  /** All elements of an I64 tensor, row-major. */
  public long[] longs(String name) {
    long[] values = new long[arrayLength(name)];
    read(name, 0, LongBuffer.wrap(values));
    return values;
  }

  /**
   * The entry of tensor {@code name}, which must have this very shape.
   *
   * @throws StoreException naming both shapes if it has another
   */
  public TensorEntry shaped(String name, long... shape) {
    TensorEntry tensor = tensor(name);
    List<Long> expected = Arrays.stream(shape).boxed().toList();
    if (!tensor.shape().equals(expected)) {
      throw new StoreException(
          file,
          "tensor '%s' has shape %s, expected %s".formatted(name, tensor.shape(), expected),
          "check that it belongs to this model");
    }
    return tensor;
  }

  /** Closes the file. Reading afterwards is a {@link StoreException}. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw StoreException.unreadable(file, e);
    }
  }

  Path file() {
    return file;
  }

  FileChannel channel() {
    return channel;
  }

  long dataStart() {
    return header.dataStart();
  }

  private void stream(TensorEntry tensor, long from, long count, Consumer<ByteBuffer> sink) {
    if (from < 0 || count > tensor.elements() - from) {
      throw new StoreException(
          file,
          "tensor '%s' has %d elements; %d from element %d on were asked for"
              .formatted(tensor.name(), tensor.elements(), count, from),
          "check that it belongs to this model");
    }
    int bytes = tensor.type().bytes();
    long position = header.dataStart() + tensor.begin() + from * bytes;
    long left = count * bytes;
    ByteBuffer chunk =
        ByteBuffer.allocate((int) Math.min(CHUNK, left)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (left > 0) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), left));
        FileBytes.read(file, channel, position, chunk);
        chunk.flip();
        position += chunk.limit();
        left -= chunk.limit();
        sink.accept(chunk);
      }
    } catch (IOException e) {
      throw StoreException.unreadable(file, e);
    }
  }

  private static void widenF16(ShortBuffer from, FloatBuffer to) {
    while (from.hasRemaining()) {
      to.put(HalfPrecision.fromF16(from.get()));
    }
  }

  private static void widenBf16(ShortBuffer from, FloatBuffer to) {
    while (from.hasRemaining()) {
      to.put(HalfPrecision.fromBf16(from.get()));
    }
  }

  private int arrayLength(String name) {
    TensorEntry tensor = tensor(name);
    if (tensor.elements() > MAX_ARRAY) {
      throw new StoreException(
          file,
          "tensor '%s' has %d elements, too many for one array".formatted(name, tensor.elements()),
          "read it in pieces");
    }
    return (int) tensor.elements();
  }

  private TensorEntry typed(String name, ElementType type) {
    TensorEntry tensor = tensor(name);
    if (tensor.type() != type) {
      throw wrongType(tensor, type.name());
    }
    return tensor;
  }

  private StoreException wrongType(TensorEntry tensor, String expected) {
    return new StoreException(
        file,
        "tensor '%s' has dtype %s, expected %s".formatted(tensor.name(), tensor.type(), expected),
        "check that it belongs to this model");
  }
}
