package dev.carousel.tensor;

import java.util.Arrays;

/** The extents of a tensor, slowest axis first. Immutable; an extent may be zero. */
public final class Shape {
  private final int[] dims;
  private final long size;

  private Shape(int[] dims) {
    long n = 1;
    for (int d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException("negative extent in shape " + Arrays.toString(dims));
      }
      n = Math.multiplyExact(n, (long) d);
    }
    this.dims = dims;
    this.size = n;
  }

  /**
   * A shape of these extents.
   *
   * @throws IllegalArgumentException if an extent is negative
   */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  /** Number of axes. */
  public int rank() {
    return dims.length;
  }

  /** Extent of axis {@code axis}; negative axes count from the last, as in {@code dim(-1)}. */
  public int dim(int axis) {
    return dims[axis < 0 ? dims.length + axis : axis];
  }

  /** Number of elements. */
  public long size() {
    return size;
  }

  /** Number of rows when all axes but the last are folded into one; 1 for a scalar. */
  public int rows() {
    int n = 1;
    for (int i = 0; i < dims.length - 1; i++) {
      n = Math.multiplyExact(n, dims[i]);
    }
    return n;
  }

  /** The extents, as a copy. */
  public int[] dims() {
    return dims.clone();
  }

  /** Whether the extents are exactly these, compared without allocating. */
  public boolean is(int... expected) {
    return Arrays.equals(dims, expected);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For example {@code [32, 20, 200]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
