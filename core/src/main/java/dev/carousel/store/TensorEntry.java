package dev.carousel.store;

import java.util.List;

/**
 * Where one tensor lies in a safetensors file.
 *
 * @param name unique in its file
 * @param type of the elements, little-endian
 * @param shape row-major, outermost first; empty for a scalar, and any dimension may be 0
 * @param begin first byte, counted from the end of the header
 * @param end one past the last byte
 */
public record TensorEntry(String name, ElementType type, List<Long> shape, long begin, long end) {

  /** Copies the shape. Whether the byte range fits it is checked by {@link SafeTensors#open}. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** How many elements there are. */
  public long elements() {
    return (end - begin) / type.bytes();
  }

  /** Whether {@code shape} has no negative dimension and exactly {@code elements} elements. */
  static boolean holds(List<Long> shape, long elements) {
    try {
      long product = 1;
      for (long dimension : shape) {
        product = Math.multiplyExact(product, dimension);
      }
      return product == elements && shape.stream().allMatch(dimension -> dimension >= 0);
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
