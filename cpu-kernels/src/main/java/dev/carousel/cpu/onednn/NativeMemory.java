package dev.carousel.cpu.onednn;

import dev.carousel.spi.BackendException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.Pointer;

/**
 * A block of native memory, aligned as oneDNN's vectors like it, with views for copying between it
 * and the Java heap. Whoever made it closes it; the garbage collector is not involved. The views
 * are used with absolute positions only, so that threads can share them.
 */
public final class NativeMemory implements AutoCloseable {
  /** A cache line, and an AVX-512 vector. */
  static final int ALIGNMENT = 64;

  private static final byte[] ZEROS = new byte[1 << 12];

  private final NativeHeap heap;
  private final long start;
  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final ShortBuffer shorts;

  /** What the heap gave; 0 once it is closed. */
  private long block;

  /**
   * Takes memory whose contents are undefined.
   *
   * @param size bytes, below 2 GiB since Java's views end there
   * @throws BackendException if the system has none left
   */
  NativeMemory(long size) {
    this(NativeHeap.here(), size);
  }

  /** The same of this heap. */
  NativeMemory(NativeHeap heap, long size) {
    if (size > Integer.MAX_VALUE) {
      throw new BackendException(
          "a native block of " + size + " bytes is larger than 2 GiB; split the batch");
    }
    this.heap = heap;
    block = heap.allocate(size + ALIGNMENT);
    if (block == 0) {
      throw new BackendException("the system has no " + size + " bytes of native memory left");
    }
    start = block + (-block & (ALIGNMENT - 1));
    bytes = heap.view(start, (int) size).order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
    shorts = bytes.asShortBuffer();
  }

  /** Bytes. */
  int size() {
    return bytes.capacity();
  }

  FloatBuffer floats() {
    return floats;
  }

  ShortBuffer shorts() {
    return shorts;
  }

  /** The address of the first byte. */
  long address() {
    return start;
  }

  /** The address of byte {@code at}, for oneDNN. */
  Pointer at(long at) {
    return new Address(start + at);
  }

  /** Writes zeros to part of it. */
  void zero(long at, long count) {
    for (long done = 0; done < count; done += ZEROS.length) {
      bytes.put((int) (at + done), ZEROS, 0, (int) Math.min(ZEROS.length, count - done));
    }
  }

  /** Copies part of another block here. */
  void copy(long at, NativeMemory from, long fromAt, long count) {
    bytes.put((int) at, from.bytes, (int) fromAt, (int) count);
  }

  boolean closed() {
    return block == 0;
  }

  @Override
  public void close() {
    if (block != 0) {
      heap.free(block);
      block = 0;
    }
  }
}
