package dev.carousel.cpu.onednn;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;

/** Native memory as the scratch (BYTE) of this backend: reserve and work spaces. */
public final class NativeStorage implements Storage {
  private final NativeMemory memory;

  /** Takes memory whose contents are undefined. */
  NativeStorage(long size) {
    memory = new NativeMemory(size);
  }

  /**
   * The storage of a scratch tensor.
   *
   * @param name the tensor's role, for the message
   * @throws IllegalArgumentException if it belongs to another backend
   */
  public static NativeStorage of(String name, Tensor scratch) {
    if (scratch.storage() instanceof NativeStorage s) {
      return s;
    }
    throw new IllegalArgumentException(
        name
            + " must be scratch of the cpu backend, not a "
            + scratch.storage().getClass().getSimpleName());
  }

  /**
   * The memory behind a scratch tensor, for kernels.
   *
   * @throws IllegalArgumentException if it belongs to another backend or starts off a boundary of
   *     {@value NativeMemory#ALIGNMENT} bytes
   * @throws IllegalStateException if it has been closed
   */
  static NativeMemory memory(String name, Tensor scratch) {
    NativeMemory m = of(name, scratch).memory;
    if (scratch.offset() % NativeMemory.ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "%s must start at a multiple of %d bytes, not at %d"
              .formatted(name, NativeMemory.ALIGNMENT, scratch.offset()));
    }
    if (m.closed()) {
      throw new IllegalStateException(name + " lies in a storage that has been closed");
    }
    return m;
  }

  /**
   * Where a scratch tensor begins, for kernels.
   *
   * @param name the tensor's role, for the message
   * @throws IllegalArgumentException if it belongs to another backend or is not aligned
   * @throws IllegalStateException if it has been closed
   */
  public static long address(String name, Tensor scratch) {
    return memory(name, scratch).address() + scratch.offset();
  }

  @Override
  public DType type() {
    return DType.BYTE;
  }

  @Override
  public long size() {
    return memory.size();
  }

  void zero(long at, long count) {
    memory.zero(at, count);
  }

  /** Copies bytes from another storage; the ranges may not overlap. */
  void copy(long at, NativeStorage from, long fromAt, long count) {
    memory.copy(at, from.memory, fromAt, count);
  }

  @Override
  public void close() {
    memory.close();
  }
}
