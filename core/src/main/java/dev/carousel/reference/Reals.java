package dev.carousel.reference;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.HeapStorage;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/** A real tensor's elements as doubles, whichever its storage; indices count from its first. */
sealed interface Reals {
  /**
   * The elements of an F32 or F64 tensor.
   *
   * @param name the tensor's role, for the message
   * @throws IllegalArgumentException if it is of another type, or not on the heap
   */
  static Reals of(String name, Tensor t) {
    HeapStorage heap = t.heap();
    if (heap.type() == DType.F32) {
      return new Floats(heap.floats(), t.heapOffset());
    }
    if (heap.type() == DType.F64) {
      return new Doubles(heap.doubles(), t.heapOffset());
    }
    throw new IllegalArgumentException(name + " must be F32 or F64, not " + heap.type());
  }

  double get(int i);

  void set(int i, double value);

  /** Adds in double, then rounds to the storage once. */
  default void add(int i, double value) {
    set(i, get(i) + value);
  }

  /** Copies {@code n} elements from {@code i} on to {@code to[at]} and after. */
  void read(int i, double[] to, int at, int n);

  /** Copies {@code n} elements from {@code from[at]} on to {@code i} and after. */
  void write(int i, double[] from, int at, int n);

  /** Adds {@code n} elements from {@code from[at]} on to those from {@code i} on. */
  void addAll(int i, double[] from, int at, int n);

  /** Writes {@code value} into the {@code n} elements from {@code i} on. */
  void fill(int i, int n, double value);

  /** Single precision. */
  final class Floats implements Reals {
    private final float[] array;
    private final int offset;

    Floats(float[] array, int offset) {
      this.array = array;
      this.offset = offset;
    }

    @Override
    public double get(int i) {
      return array[offset + i];
    }

    @Override
    public void set(int i, double value) {
      array[offset + i] = (float) value;
    }

    @Override
    public void read(int i, double[] to, int at, int n) {
      for (int k = 0; k < n; k++) {
        to[at + k] = array[offset + i + k];
      }
    }

    @Override
    public void write(int i, double[] from, int at, int n) {
      for (int k = 0; k < n; k++) {
        array[offset + i + k] = (float) from[at + k];
      }
    }

    @Override
    public void addAll(int i, double[] from, int at, int n) {
      for (int k = 0; k < n; k++) {
        array[offset + i + k] = (float) (array[offset + i + k] + from[at + k]);
      }
    }

    @Override
    public void fill(int i, int n, double value) {
      Arrays.fill(array, offset + i, offset + i + n, (float) value);
    }
  }

  /** Double precision. */
  final class Doubles implements Reals {
    private final double[] array;
    private final int offset;

    Doubles(double[] array, int offset) {
      this.array = array;
      this.offset = offset;
    }

    @Override
    public double get(int i) {
      return array[offset + i];
    }

    @Override
    public void set(int i, double value) {
      array[offset + i] = value;
    }

    @Override
    public void read(int i, double[] to, int at, int n) {
      System.arraycopy(array, offset + i, to, at, n);
    }

    @Override
    public void write(int i, double[] from, int at, int n) {
      System.arraycopy(from, at, array, offset + i, n);
    }

    @Override
    public void addAll(int i, double[] from, int at, int n) {
      for (int k = 0; k < n; k++) {
        array[offset + i + k] += from[at + k];
      }
    }

    @Override
    public void fill(int i, int n, double value) {
      Arrays.fill(array, offset + i, offset + i + n, value);
    }
  }
}
