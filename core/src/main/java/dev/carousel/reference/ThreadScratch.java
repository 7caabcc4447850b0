package dev.carousel.reference;

/** A double array for each thread that grows to the largest size asked for; contents undefined. */
final class ThreadScratch {
  private final ThreadLocal<double[]> arrays = ThreadLocal.withInitial(() -> new double[0]);

  /**
   * The calling thread's array, of at least {@code size} elements. It is the same array each time:
   * valid until the same thread asks again.
   */
  double[] take(long size) {
    double[] array = arrays.get();
    if (array.length < size) {
      array = new double[Math.toIntExact(size)];
      arrays.set(array);
    }
    return array;
  }
}
