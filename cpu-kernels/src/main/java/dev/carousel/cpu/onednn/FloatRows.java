package dev.carousel.cpu.onednn;

/**
 * Sums of rows that lie somewhere in a large array. The row is fetched first: a loop over arrays
 * that are indexed alike becomes vector code, one over an array at an offset might overlap and does
 * not.
 */
final class FloatRows {
  private final float[] fetched;

  /**
   * @param widest the most elements of a row
   */
  FloatRows(int widest) {
    fetched = new float[widest];
  }

  /** {@code to[at + i] += row[i]}. */
  void add(float[] row, float[] to, int at, int count) {
    System.arraycopy(to, at, fetched, 0, count);
    sum(fetched, row, count);
    System.arraycopy(fetched, 0, to, at, count);
  }

  /** {@code sums[i] += from[at + i]}. */
  void accumulate(float[] from, int at, float[] sums, int count) {
    System.arraycopy(from, at, fetched, 0, count);
    sum(sums, fetched, count);
  }

  private static void sum(float[] a, float[] b, int count) {
    for (int i = 0; i < count; i++) {
      a[i] += b[i];
    }
  }
}
