package dev.carousel.tensor;

/**
 * Bump allocator for activations and scratch. The same sequence of takes from the same mark gives
 * the same addresses, which is what lets a recorded step be replayed. It grows on demand up to its
 * budget, so the first step of a shape may allocate; later ones never do. An arena of a backend
 * whose recordings hold addresses gives no memory back before it is closed. Not thread-safe: one
 * arena a thread.
 */
public interface Arena extends AutoCloseable {
  /**
   * The next tensor. Its contents are undefined.
   *
   * @throws OutOfArenaException if the budget would be exceeded, naming the shape and the budget
   */
  Tensor take(DType type, Shape shape);

  /** The present position. */
  long mark();

  /** Gives back everything taken since {@code mark}; those tensors must not be used again. */
  void release(long mark);

  /** The most bytes that were ever taken at once. */
  long highWater();

  @Override
  void close();
}
