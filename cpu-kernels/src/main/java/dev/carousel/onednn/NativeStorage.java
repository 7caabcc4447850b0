package dev.carousel.onednn;

import dev.carousel.spi.BackendException;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;

/** Native memory as the scratch (BYTE) of this backend: reserve and work spaces. */
final class NativeStorage implements Storage {
  private final NativeMemory memory;

  NativeStorage(long size) {
    memory = new NativeMemory(size);
  }

  @Override
  public DType type() {
    return DType.BYTE;
  }

  @Override
  public long size() {
    return memory.size();
  }

  /**
   * The memory behind a scratch tensor.
   *
   * @param name the tensor's role, for the message
   * @throws IllegalArgumentException if it belongs to another backend or starts off a boundary of
   *     {@value NativeMemory#ALIGNMENT} bytes
   */
  static NativeMemory of(String name, Tensor scratch) {
    if (!(scratch.storage() instanceof NativeStorage s)) {
      throw new IllegalArgumentException(
          name
              + " must be scratch of the cpu backend, not of "
              + scratch.storage().getClass().getSimpleName());
    }
    if (scratch.offset() % NativeMemory.ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          name
              + " must start at a multiple of "
              + NativeMemory.ALIGNMENT
              + " bytes, not at "
              + scratch.offset());
    }
    if (s.memory.closed()) {
      throw new IllegalStateException(name + " lies in a storage that has been closed");
    }
    return s.memory;
  }

  @Override
  public void close() {
    memory.close();
  }

  /** Writes zeros to all of a scratch tensor. */
  static void zero(Tensor scratch) {
    if (scratch.storage() instanceof NativeStorage s) {
      s.memory.zero(scratch.offset(), scratch.size());
    } else {
      throw new BackendException("not this backend's scratch: " + scratch.storage());
    }
  }
}
