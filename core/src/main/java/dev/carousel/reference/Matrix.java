package dev.carousel.reference;

import java.util.Arrays;

/**
 * A row-major view of doubles.
 *
 * @param array where they are
 * @param at index of the first element
 * @param rows number of rows
 * @param cols elements of a row
 * @param stride elements from one row to the next
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record Matrix(double[] array, int at, int rows, int cols, int stride) {
  /** Rows one directly after another. */
  static Matrix of(double[] array, int at, int rows, int cols) {
    return new Matrix(array, at, rows, cols, cols);
  }

  /** A new matrix of zeros. */
  static Matrix allocate(int rows, int cols) {
    return of(new double[Math.multiplyExact(rows, cols)], 0, rows, cols);
  }

  /** Index of the first element of row {@code r}. */
  int row(int r) {
    return at + r * stride;
  }

  Matrix rows(int from, int count) {
    return new Matrix(array, row(from), count, cols, stride);
  }

  Matrix cols(int from, int count) {
    return new Matrix(array, at + from, rows, count, stride);
  }

  void fill(double value) {
    for (int r = 0; r < rows; r++) {
      Arrays.fill(array, row(r), row(r) + cols, value);
    }
  }

  /** Writes the same {@code cols} values, from {@code values[from]} on, into every row. */
  void fillRows(double[] values, int from) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(values, from, array, row(r), cols);
    }
  }

  /** Writes the transpose of {@code m}, in square blocks that fit the cache. */
  void setTransposed(Matrix m) {
    int block = 32;
    for (int r0 = 0; r0 < m.rows; r0 += block) {
      for (int c0 = 0; c0 < m.cols; c0 += block) {
        for (int r = r0; r < Math.min(m.rows, r0 + block); r++) {
          for (int c = c0; c < Math.min(m.cols, c0 + block); c++) {
            array[row(c) + r] = m.array[m.row(r) + c];
          }
        }
      }
    }
  }
}
