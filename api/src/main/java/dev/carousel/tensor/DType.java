package dev.carousel.tensor;

/** What one element of a tensor is. */
public enum DType {
  /** IEEE double: gradient checks, and the optimizer's few scalars. */
  F64(8),
  /** IEEE single: parameters, gradients, activations. */
  F32(4),
  /** The upper half of an IEEE single. Device backends only; host backends convert inside. */
  BF16(2),
  /** IEEE half. Device backends only. */
  F16(2),
  /** Signed 32-bit integer: token ids, lengths, labels. */
  I32(4),
  /** Opaque scratch of one backend (reserve and work space); nobody else looks inside. */
  BYTE(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
