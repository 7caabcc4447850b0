package dev.carousel.spi;

/**
 * How a backend is found: listed in {@code META-INF/services}, probed once, opened on demand. A
 * provider's constructor and {@link #probe} never throw and never load more than they must.
 */
public interface BackendProvider {
  /** The name users ask for, lower case. */
  String name();

  /** Which available backend is best: the highest rank. Reference 0, host libraries 10, GPUs 20. */
  int rank();

  /** Whether the backend can be opened here, and if not why; a linkage failure is a value. */
  Availability probe();

  /**
   * Opens the backend. The caller closes it.
   *
   * @throws BackendException if it is unavailable, with the reason
   */
  Backend open(BackendOptions options);
}
