package dev.carousel.cpu.onednn;

import dev.carousel.spi.BackendException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A block of native memory, aligned as oneDNN's vectors like it, with views for copying between it
 * and the Java heap. Whoever made it closes it; the garbage collector is not involved. The views
 * are used with absolute positions only, so that threads can share them.
 */
public final class NativeMemory implements AutoCloseable {
  /** A cache line, and an AVX-512 vector. */
  static final int ALIGNMENT = 64;

  private final Pointer block;
  private final BytePointer start;
  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final ShortBuffer shorts;

  /**
   * Takes memory whose contents are undefined.
   *
   * @param size bytes, below 2 GiB since Java's views end there
   * @throws BackendException if the system has none left
   */
  NativeMemory(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new BackendException(
          "a native block of " + size + " bytes is larger than 2 GiB; split the batch");
    }
    block = Pointer.malloc(size + ALIGNMENT);
    if (block == null || block.isNull()) {
      throw new BackendException("the system has no " + size + " bytes of native memory left");
    }
    long skip = -block.address() & (ALIGNMENT - 1);
    start = new BytePointer(block).getPointer(skip).capacity(size);
    bytes = start.asByteBuffer().order(ByteOrder.nativeOrder());
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
    return start.address();
  }

  /** The address of byte {@code at}. */
  Pointer at(long at) {
    return start.getPointer(at);
  }

  /** Writes zeros to part of it. */
  void zero(long at, long count) {
    Pointer.memset(at(at), 0, count);
  }

  /** Copies part of another block here. */
  void copy(long at, NativeMemory from, long fromAt, long count) {
    Pointer.memcpy(at(at), from.at(fromAt), count);
  }

  boolean closed() {
    return block.isNull();
  }

  @Override
  public void close() {
    if (!block.isNull()) {
      Pointer.free(block);
      block.setNull();
      start.setNull();
    }
  }
}
