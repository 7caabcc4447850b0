package dev.carousel.cpu.onednn;

/**
 * Cuts the rows of a matrix into blocks of three sizes, for which kernels exist beforehand whatever
 * the number of rows will be. Rows of a block beyond the matrix are padding.
 */
final class RowBlocks {
  /** Block sizes, largest first. */
  private static final int[] SIZES = {128, 16, 1};

  private RowBlocks() {}

  static int count() {
    return SIZES.length;
  }

  static int size(int block) {
    return SIZES[block];
  }

  static int largest() {
    return SIZES[0];
  }

  /** Which block to use when {@code remaining} rows are left. */
  static int next(int remaining) {
    return remaining >= SIZES[0] ? 0 : remaining > 1 ? 1 : 2;
  }
}
