package dev.carousel.store;

/**
 * Element types of the safetensors format, in the order of its reference implementation: a file
 * holds the tensors of the last type first, which keeps every tensor aligned to its own size.
 *
 * <p>A file that holds any of them can be opened; values can be read from F16, BF16, I32, F32, F64
 * and I64.
 */
public enum ElementType {
  BOOL(1),
  U8(1),
  I8(1),
  F8_E5M2(1),
  F8_E4M3(1),
  I16(2),
  U16(2),
  F16(2),
  BF16(2),
  I32(4),
  U32(4),
  F32(4),
  F64(8),
  I64(8),
  U64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
