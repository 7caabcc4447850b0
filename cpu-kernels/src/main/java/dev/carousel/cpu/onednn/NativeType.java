package dev.carousel.cpu.onednn;

import org.bytedeco.dnnl.global.dnnl;

/** What one element of a native block is. */
enum NativeType {
  /** IEEE single. */
  F32(dnnl.dnnl_f32, 4),
  /** The upper half of an IEEE single, rounded to nearest even. */
  BF16(dnnl.dnnl_bf16, 2),
  /** Bytes that only oneDNN understands. */
  U8(dnnl.dnnl_u8, 1);

  private final int code;
  private final int bytes;

  NativeType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** oneDNN's {@code dnnl_data_type_t}. */
  int code() {
    return code;
  }

  int bytes() {
    return bytes;
  }
}
