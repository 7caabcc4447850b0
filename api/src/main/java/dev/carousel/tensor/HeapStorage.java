package dev.carousel.tensor;

/**
 * A Java array as tensor storage, shared by every backend that computes on the host, so that one
 * can hand its tensors to another without a copy. F64, F32 and I32 only: the garbage collector
 * frees it, {@link #close} does nothing.
 */
public final class HeapStorage implements Storage {
  private final DType type;
  private final Object array;
  private final int size;

  private HeapStorage(DType type, Object array, int size) {
    this.type = type;
    this.array = array;
    this.size = size;
  }

  /**
   * New zeroed storage.
   *
   * @throws IllegalArgumentException if the type is not F64, F32 or I32, or the size does not fit a
   *     Java array
   */
  public static HeapStorage allocate(DType type, long size) {
    if (size < 0 || size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(size + " elements do not fit one Java array");
    }
    int n = (int) size;
    return switch (type) {
      case F64 -> new HeapStorage(type, new double[n], n);
      case F32 -> new HeapStorage(type, new float[n], n);
      case I32 -> new HeapStorage(type, new int[n], n);
      case BF16, F16, BYTE ->
          throw new IllegalArgumentException("host tensors are F64, F32 or I32, not " + type);
    };
  }

  /** Storage over an existing array, which is not copied. */
  public static HeapStorage of(float[] array) {
    return new HeapStorage(DType.F32, array, array.length);
  }

  /** Storage over an existing array, which is not copied. */
  public static HeapStorage of(double[] array) {
    return new HeapStorage(DType.F64, array, array.length);
  }

  /** Storage over an existing array, which is not copied. */
  public static HeapStorage of(int[] array) {
    return new HeapStorage(DType.I32, array, array.length);
  }

  @Override
  public DType type() {
    return type;
  }

  @Override
  public long size() {
    return size;
  }

  /**
   * The array itself.
   *
   * @throws IllegalStateException if this is not F32
   */
  public float[] floats() {
    if (array instanceof float[] a) {
      return a;
    }
    throw wrongType(DType.F32);
  }

  /**
   * The array itself.
   *
   * @throws IllegalStateException if this is not F64
   */
  public double[] doubles() {
    if (array instanceof double[] a) {
      return a;
    }
    throw wrongType(DType.F64);
  }

  /**
   * The array itself.
   *
   * @throws IllegalStateException if this is not I32
   */
  public int[] ints() {
    if (array instanceof int[] a) {
      return a;
    }
    throw wrongType(DType.I32);
  }

  private IllegalStateException wrongType(DType wanted) {
    return new IllegalStateException("storage holds " + type + ", not " + wanted);
  }

  @Override
  public void close() {
    // the garbage collector's
  }
}
