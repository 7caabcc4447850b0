package dev.carousel.cpu.onednn;

/** Lays blocks out one after another in a scratch space, each on its own cache lines. */
final class Regions {
  private long size;

  /**
   * Makes room.
   *
   * @return the offset in bytes
   */
  long take(long bytes) {
    long at = size;
    size += (bytes + NativeMemory.ALIGNMENT - 1) & -NativeMemory.ALIGNMENT;
    return at;
  }

  /** Bytes of all blocks. */
  long size() {
    return size;
  }
}
