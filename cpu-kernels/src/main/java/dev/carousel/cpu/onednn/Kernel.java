package dev.carousel.cpu.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A compiled oneDNN primitive. It holds no data and may run on any number of threads at once: its
 * scratchpad is an operand like any other.
 */
final class Kernel implements AutoCloseable {
  private final dnnl_primitive_desc desc;
  private final dnnl_primitive primitive = new dnnl_primitive();

  private Kernel(dnnl_primitive_desc desc) {
    this.desc = desc;
  }

  /** Asks oneDNN for a primitive descriptor and returns its status. */
  interface Request {
    int create(dnnl_primitive_desc out, dnnl_primitive_attr attributes);
  }

  /**
   * Compiles what the request describes.
   *
   * @param what the kernel, for the message
   * @throws UnimplementedKernelException if oneDNN has no such kernel
   */
  static Kernel compile(String what, Request request) {
    dnnl_primitive_attr attr = new dnnl_primitive_attr();
    DnnlStatus.check(dnnl.dnnl_primitive_attr_create(attr), "dnnl_primitive_attr_create");
    try {
      DnnlStatus.check(
          dnnl.dnnl_primitive_attr_set_scratchpad_mode(attr, dnnl.dnnl_scratchpad_mode_user),
          "dnnl_primitive_attr_set_scratchpad_mode");
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status = request.create(desc, attr);
      if (DnnlStatus.unimplemented(status)) {
        throw new UnimplementedKernelException(what);
      }
      DnnlStatus.check(status, "primitive descriptor of " + what);
      return new Kernel(desc).compiled(what);
    } finally {
      dnnl.dnnl_primitive_attr_destroy(attr);
    }
  }

  private Kernel compiled(String what) {
    int status = dnnl.dnnl_primitive_create(primitive, desc);
    if (status != dnnl.dnnl_success) {
      close();
      DnnlStatus.check(status, "dnnl_primitive_create of " + what);
    }
    return this;
  }

  /** A kernel that copies from one layout to another. */
  static Kernel reorder(Engine engine, Layout from, Layout to) {
    return compile(
        "reorder",
        (out, attr) ->
            dnnl.dnnl_reorder_primitive_desc_create(
                out, from.desc(), engine.handle(), to.desc(), engine.handle(), attr));
  }

  dnnl_primitive_desc desc() {
    return desc;
  }

  dnnl_primitive primitive() {
    return primitive;
  }

  /**
   * The layout the kernel expects of one operand. The caller closes it.
   *
   * @param argument a {@code DNNL_ARG_…}
   */
  Layout layout(int argument) {
    dnnl_memory_desc borrowed =
        dnnl.dnnl_primitive_desc_query_md(desc, dnnl.dnnl_query_exec_arg_md, argument);
    return Layout.copyOf(borrowed);
  }

  /** Bytes of scratchpad it wants. */
  long scratchpadBytes() {
    return dnnl.dnnl_memory_desc_get_size(
        dnnl.dnnl_primitive_desc_query_md(desc, dnnl.dnnl_query_scratchpad_md, 0));
  }

  /** oneDNN's name of the implementation, for example {@code brgemm:avx512_core}. */
  String implementation() {
    try (PointerPointer<BytePointer> out = new PointerPointer<>(1)) {
      DnnlStatus.check(
          dnnl.dnnl_primitive_desc_query(desc, dnnl.dnnl_query_impl_info_str, 0, out),
          "dnnl_primitive_desc_query");
      return out.get(BytePointer.class, 0).getString();
    }
  }

  @Override
  public void close() {
    if (!primitive.isNull()) {
      dnnl.dnnl_primitive_destroy(primitive);
      primitive.setNull();
    }
    if (!desc.isNull()) {
      dnnl.dnnl_primitive_desc_destroy(desc);
      desc.setNull();
    }
  }
}
