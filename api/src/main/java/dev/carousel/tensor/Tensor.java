package dev.carousel.tensor;

/**
 * A dense row-major view of a storage; it never owns it, and making one copies nothing.
 *
 * @param storage where the elements are
 * @param offset first element, in elements from the start of the storage
 * @param shape extents; time-major {@code [T, N, C]} wherever there is time
 */
public record Tensor(Storage storage, long offset, Shape shape) {
  /** Checks that the view lies inside the storage. */
  public Tensor {
    if (offset < 0 || offset + shape.size() > storage.size()) {
      throw new IllegalArgumentException(
          "a view of shape "
              + shape
              + " at element "
              + offset
              + " leaves its storage of "
              + storage.size()
              + " elements");
    }
  }

  /** The whole of a storage as a vector. */
  public static Tensor of(Storage storage) {
    return new Tensor(storage, 0, Shape.of(Math.toIntExact(storage.size())));
  }

  /** A host tensor over an array, which is not copied. */
  public static Tensor of(float[] values, int... dims) {
    return new Tensor(HeapStorage.of(values), 0, Shape.of(dims));
  }

  /** A host tensor over an array, which is not copied. */
  public static Tensor of(double[] values, int... dims) {
    return new Tensor(HeapStorage.of(values), 0, Shape.of(dims));
  }

  /** A host tensor over an array, which is not copied. */
  public static Tensor of(int[] values, int... dims) {
    return new Tensor(HeapStorage.of(values), 0, Shape.of(dims));
  }

  /** What the elements are. */
  public DType type() {
    return storage.type();
  }

  /** Number of elements. */
  public long size() {
    return shape.size();
  }

  /** The first element's index in a host array. */
  public int heapOffset() {
    return (int) offset;
  }

  /**
   * The Java array storage behind a host tensor.
   *
   * @throws IllegalArgumentException if the memory belongs to a device
   */
  public HeapStorage heap() {
    if (storage instanceof HeapStorage h) {
      return h;
    }
    throw new IllegalArgumentException(
        "a host kernel was handed a tensor in " + storage.getClass().getSimpleName());
  }

  /** A view of part of this tensor, {@code from} elements after its first. */
  public Tensor slice(long from, Shape part) {
    if (from < 0 || from + part.size() > size()) {
      throw new IllegalArgumentException(
          "a slice of shape " + part + " at " + from + " leaves a tensor of shape " + shape);
    }
    return new Tensor(storage, offset + from, part);
  }

  /** The same elements under another shape of the same size. */
  public Tensor as(int... dims) {
    Shape s = Shape.of(dims);
    if (s.size() != size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " cannot be seen as " + s + ": the sizes differ");
    }
    return new Tensor(storage, offset, s);
  }

  /**
   * Checks type and shape before a kernel is launched (rule R8).
   *
   * @param name the tensor's role, for the message
   * @return this
   * @throws IllegalArgumentException naming both types or both shapes
   */
  public Tensor require(String name, DType type, int... dims) {
    if (type() != type) {
      throw new IllegalArgumentException(name + " must be " + type + ", not " + type());
    }
    if (!shape.is(dims)) {
      throw new IllegalArgumentException(
          name + " must have shape " + Shape.of(dims) + ", not " + shape);
    }
    return this;
  }

  /** Whether the two views share an element. */
  public boolean overlaps(Tensor other) {
    return storage == other.storage
        && offset < other.offset + other.size()
        && other.offset < offset + size();
  }
}
