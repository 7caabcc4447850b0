package dev.carousel.cuda;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;

/** Device memory seen as elements of one type. */
final class CudaStorage implements Storage {
  private final Gpu gpu;
  private final DType type;
  private final long size;
  private final long address;
  private final Ownership ownership;
  private boolean closed;

  /** Who frees the memory. */
  enum Ownership {
    /** This storage. */
    OWN,
    /** The arena it is part of. */
    BORROWED
  }

  CudaStorage(Gpu gpu, DType type, long size, long address, Ownership ownership) {
    this.gpu = gpu;
    this.type = type;
    this.size = size;
    this.address = address;
    this.ownership = ownership;
  }

  Gpu gpu() {
    return gpu;
  }

  long address() {
    if (closed) {
      throw new IllegalStateException("this tensor's memory was given back");
    }
    return address;
  }

  @Override
  public DType type() {
    return type;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void close() {
    if (ownership == Ownership.OWN) {
      try (Gpu.Turn turn = gpu.turn()) {
        if (!closed) {
          closed = true;
          turn.driver().free(address);
        }
      }
    }
  }
}
