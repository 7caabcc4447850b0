package dev.carousel.reference;

import java.util.Arrays;

/**
 * A row-major view of doubles. Views that a kernel needs in every call are made once and placed
 * anew (R6); only their owner does that.
 */
final class Matrix {
  private double[] array = {};
  private int at;
  private int rows;
  private int cols;
  private int stride;

  /** Rows one directly after another from {@code array[at]} on. */
  static Matrix of(double[] array, int at, int rows, int cols) {
    Matrix m = new Matrix();
    m.place(array, at, rows, cols);
    return m;
  }

  /** A new matrix of zeros. */
  static Matrix allocate(int rows, int cols) {
    return of(new double[Math.multiplyExact(rows, cols)], 0, rows, cols);
  }

  /** Moves this view; returns the index after its last element. */
  int place(double[] newArray, int newAt, int newRows, int newCols) {
    array = newArray;
    at = newAt;
    rows = newRows;
    cols = newCols;
    stride = newCols;
    return newAt + newRows * newCols;
  }

  /** Moves this view to some rows of {@code whole}. */
  void placeRows(Matrix whole, int from, int count) {
    placeBlock(whole, from, count, 0, whole.cols);
  }

  /** Moves this view to some columns of {@code whole}. */
  void placeCols(Matrix whole, int from, int count) {
    placeBlock(whole, 0, whole.rows, from, count);
  }

  /** Moves this view to some rows and columns of {@code whole}. */
  void placeBlock(Matrix whole, int row, int rowCount, int col, int colCount) {
    array = whole.array;
    at = whole.row(row) + col;
    rows = rowCount;
    cols = colCount;
    stride = whole.stride;
  }

  /** A new view of some rows. */
  Matrix rows(int from, int count) {
    Matrix m = new Matrix();
    m.placeRows(this, from, count);
    return m;
  }

  /** A new view of some columns. */
  Matrix cols(int from, int count) {
    Matrix m = new Matrix();
    m.placeCols(this, from, count);
    return m;
  }

  double[] array() {
    return array;
  }

  /** Index of the first element. */
  int at() {
    return at;
  }

  int rows() {
    return rows;
  }

  int cols() {
    return cols;
  }

  /** Elements from one row to the next. */
  int stride() {
    return stride;
  }

  /** Index of the first element of row {@code r}. */
  int row(int r) {
    return at + r * stride;
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
