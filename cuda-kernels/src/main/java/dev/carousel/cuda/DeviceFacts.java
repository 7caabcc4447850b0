package dev.carousel.cuda;

/**
 * What a device is.
 *
 * @param name as its driver says it
 * @param major of its compute capability
 * @param minor of its compute capability
 * @param processors how many multiprocessors it has
 * @param bytes of its memory
 */
record DeviceFacts(String name, int major, int minor, int processors, long bytes) {
  /** For example {@code NVIDIA H100 80GB HBM3 (compute capability 9.0)}. */
  @Override
  public String toString() {
    return "%s (compute capability %d.%d)".formatted(name, major, minor);
  }
}
