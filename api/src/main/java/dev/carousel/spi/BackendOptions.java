package dev.carousel.spi;

/**
 * What may be chosen when a backend is opened.
 *
 * @param device which one, from 0; host backends have only device 0
 * @param threads how many threads a host backend computes with; 0 leaves it to the backend
 */
public record BackendOptions(int device, int threads) {
  /** Device 0, the backend's own number of threads. */
  public static final BackendOptions DEFAULT = new BackendOptions(0, 0);

  /** Checks the ranges. */
  public BackendOptions {
    if (device < 0 || threads < 0) {
      throw new IllegalArgumentException(
          "device and threads must not be negative: " + device + ", " + threads);
    }
  }
}
