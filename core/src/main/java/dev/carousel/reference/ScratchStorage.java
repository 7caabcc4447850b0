package dev.carousel.reference;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;

/** Reserve and work space of this backend: BYTE to everybody else, doubles inside. */
final class ScratchStorage implements Storage {
  private final double[] doubles;
  private final long bytes;

  /** Room for {@code bytes} bytes, rounded up to whole doubles. */
  ScratchStorage(long bytes) {
    this.doubles = new double[doubles(bytes)];
    this.bytes = bytes;
  }

  /** How many doubles hold this many bytes. */
  static int doubles(long bytes) {
    return Math.toIntExact((bytes + Double.BYTES - 1) / Double.BYTES);
  }

  /**
   * The doubles behind a BYTE tensor, which start at {@link #first}.
   *
   * @param name the tensor's role, for the message
   * @throws IllegalArgumentException if it is not this backend's scratch
   */
  static double[] of(String name, Tensor t) {
    if (t.storage() instanceof ScratchStorage s) {
      return s.doubles;
    }
    throw new IllegalArgumentException(
        name + " must be BYTE scratch of the reference backend, not " + describe(t));
  }

  /**
   * Index of a BYTE tensor's first double.
   *
   * @throws IllegalArgumentException if it does not start at a multiple of eight bytes
   */
  static int first(String name, Tensor t) {
    if (t.offset() % Double.BYTES != 0) {
      throw new IllegalArgumentException(
          name + " must start at a multiple of 8 bytes, not at " + t.offset());
    }
    return (int) (t.offset() / Double.BYTES);
  }

  private static String describe(Tensor t) {
    return t.type() + " in " + t.storage().getClass().getSimpleName();
  }

  @Override
  public DType type() {
    return DType.BYTE;
  }

  @Override
  public long size() {
    return bytes;
  }

  @Override
  public void close() {
    // the garbage collector's
  }
}
