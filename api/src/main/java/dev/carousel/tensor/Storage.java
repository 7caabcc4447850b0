package dev.carousel.tensor;

/**
 * Memory owned by one backend; only that backend can look inside. Host backends share {@link
 * HeapStorage}. Whoever created a storage closes it; using it afterwards is an error.
 */
public interface Storage extends AutoCloseable {
  /** What the elements are. */
  DType type();

  /** Number of elements. */
  long size();

  /** Gives the memory back. Closing twice is harmless. */
  @Override
  void close();
}
