package dev.carousel.cpu.onednn;

/** Room on the heap for one row, and sums of it with rows that lie somewhere in a large array. */
final class RowScratch {
  private final float[] values;
  private final FloatRows sums;

  /**
   * @param widest the most elements of a row
   */
  RowScratch(int widest) {
    values = new float[widest];
    sums = new FloatRows(widest);
  }

  /** The row. */
  float[] values() {
    return values;
  }

  /** Adds the row to {@code to[at]} and after. */
  void addTo(float[] to, int at, int count) {
    sums.add(values, to, at, count);
  }
}
