package dev.carousel.cuda;

import dev.carousel.rnn.Precision;

/** What cuDNN's tensors are made of in each arithmetic. */
enum ElementType {
  F32(4),
  F16(2),
  BF16(2);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  int bytes() {
    return bytes;
  }

  /** The type that {@code precision} computes with. */
  static ElementType of(Precision precision) {
    return switch (precision) {
      case F32, TF32 -> F32;
      case F16 -> F16;
      case BF16 -> BF16;
      case F64, INT8 ->
          throw new IllegalArgumentException("no tensor of cuDNN is made for " + precision);
    };
  }
}
