package dev.carousel.cuda;

import dev.carousel.tensor.Tensor;

/**
 * Adds the rows of a matrix to a vector in a fixed order: blocks sum some rows each, in double, and
 * then the blocks' sums are added up.
 *
 * @param rows M
 * @param columns C
 */
record ColumnSums(long rows, long columns) {
  /** Most blocks that share out the rows. */
  private static final int PARTS = 128;

  /** Rows that are worth a block. */
  private static final int ROWS = 16;

  private int blocks() {
    return (int) Math.max(1, Math.min(PARTS, rows / ROWS));
  }

  /** Scratch that it needs, a multiple of 8. */
  long bytes() {
    return blocks() * columns * Double.BYTES;
  }

  /**
   * Starts it.
   *
   * @param matrix the address of M by C floats
   * @param scratch the address of {@link #bytes()} bytes
   * @param sum added to, [C]
   */
  void addTo(Gpu.Turn turn, long matrix, long scratch, Tensor sum) {
    turn.kernel(Kernel.COLUMN_PARTS)
        .at(matrix)
        .at(scratch)
        .size(rows)
        .size(columns)
        .start(blocks(), 1);
    turn.kernel(Kernel.ADD_COLUMNS)
        .at(scratch)
        .twice(1)
        .at(sum)
        .size(blocks())
        .size(columns)
        .each(columns);
  }
}
