package dev.carousel.cpu.onednn;

import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;

/** Where one thread submits kernels; on the CPU a kernel has finished when submission returns. */
final class Stream implements AutoCloseable {
  private final dnnl_stream handle = new dnnl_stream();

  Stream(Engine engine) {
    DnnlStatus.check(
        dnnl.dnnl_stream_create(handle, engine.handle(), dnnl.dnnl_stream_default_flags),
        "dnnl_stream_create");
  }

  dnnl_stream handle() {
    return handle;
  }

  @Override
  public void close() {
    if (!handle.isNull()) {
      dnnl.dnnl_stream_destroy(handle);
      handle.setNull();
    }
  }
}
