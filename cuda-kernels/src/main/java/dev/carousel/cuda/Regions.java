package dev.carousel.cuda;

/**
 * Lays regions one after another, each aligned to 256 bytes, which is what NVIDIA's libraries like
 * best.
 */
final class Regions {
  private static final long ALIGNMENT = 256;

  private long end;

  /** The next region's offset. */
  long take(long bytes) {
    long at = end;
    end = align(at + bytes);
    return at;
  }

  /** Bytes from the first region's start to the last one's end. */
  long end() {
    return end;
  }

  /** Bytes that hold them all wherever they begin; 0 if there are none. */
  long bytes() {
    return end == 0 ? 0 : end + ALIGNMENT;
  }

  /** The first aligned address from here on. */
  static long align(long address) {
    return (address + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
