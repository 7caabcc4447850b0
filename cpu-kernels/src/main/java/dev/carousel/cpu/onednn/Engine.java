package dev.carousel.cpu.onednn;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.global.dnnl;

/** oneDNN's CPU engine, and the number of threads its kernels are made for and run with. */
final class Engine implements AutoCloseable {
  private final dnnl_engine handle = new dnnl_engine();
  private final ThreadCount threads;

  Engine(ThreadCount threads) {
    this.threads = threads;
    DnnlStatus.check(dnnl.dnnl_engine_create(handle, dnnl.dnnl_cpu, 0), "dnnl_engine_create");
  }

  dnnl_engine handle() {
    return handle;
  }

  /** Must be called on every thread before it makes or runs a kernel. */
  void enter() {
    threads.applyToThisThread();
  }

  ThreadCount threads() {
    return threads;
  }

  @Override
  public void close() {
    if (!handle.isNull()) {
      dnnl.dnnl_engine_destroy(handle);
      handle.setNull();
    }
  }
}
