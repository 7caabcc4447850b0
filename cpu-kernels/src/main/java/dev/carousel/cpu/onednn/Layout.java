package dev.carousel.cpu.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * How a block of native memory is read: extents, element type and the order of the elements. Owns a
 * oneDNN memory descriptor.
 */
final class Layout implements AutoCloseable {
  private final dnnl_memory_desc desc;

  private Layout(dnnl_memory_desc desc) {
    this.desc = desc;
  }

  /** Dense, in the order of a oneDNN format tag. */
  static Layout of(NativeType type, int tag, long... dims) {
    dnnl_memory_desc d = new dnnl_memory_desc();
    DnnlStatus.check(
        dnnl.dnnl_memory_desc_create_with_tag(d, dims.length, dims, type.code(), tag),
        "dnnl_memory_desc_create_with_tag");
    return new Layout(d);
  }

  /** In an order that the kernel may choose. */
  static Layout any(NativeType type, long... dims) {
    return of(type, dnnl.dnnl_format_tag_any, dims);
  }

  /** Row-major over the last axis, rows {@code rowStride} elements apart. */
  static Layout rows(NativeType type, long rowStride, long... dims) {
    long[] strides = new long[dims.length];
    strides[dims.length - 1] = 1;
    long stride = rowStride;
    for (int i = dims.length - 2; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strided(type, dims, strides);
  }

  /** With explicit strides, in elements. */
  static Layout strided(NativeType type, long[] dims, long[] strides) {
    dnnl_memory_desc d = new dnnl_memory_desc();
    DnnlStatus.check(
        dnnl.dnnl_memory_desc_create_with_strides(d, dims.length, dims, type.code(), strides),
        "dnnl_memory_desc_create_with_strides");
    return new Layout(d);
  }

  /** A copy of a descriptor that something else owns. */
  static Layout copyOf(dnnl_memory_desc borrowed) {
    dnnl_memory_desc d = new dnnl_memory_desc();
    DnnlStatus.check(dnnl.dnnl_memory_desc_clone(d, borrowed), "dnnl_memory_desc_clone");
    return new Layout(d);
  }

  dnnl_memory_desc desc() {
    return desc;
  }

  /** Bytes that a block of this layout takes. */
  long bytes() {
    return dnnl.dnnl_memory_desc_get_size(desc);
  }

  /** Whether a block of the one layout can be read as the other. */
  boolean matches(Layout other) {
    return dnnl.dnnl_memory_desc_equal(desc, other.desc) != 0;
  }

  @Override
  public void close() {
    if (!desc.isNull()) {
      dnnl.dnnl_memory_desc_destroy(desc);
      desc.setNull();
    }
  }
}
