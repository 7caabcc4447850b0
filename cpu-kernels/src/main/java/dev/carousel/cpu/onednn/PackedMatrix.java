package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** One packing of a matrix, and the way from the plain numbers to it. */
final class PackedMatrix implements AutoCloseable {
  private final NativeMemory memory;
  private final Kernel kernel;
  private final Call reorder;

  /**
   * @param plain how the matrix lies in {@code staging}
   */
  PackedMatrix(Engine engine, Layout plain, Pointer staging, Layout packed) {
    memory = new NativeMemory(packed.bytes());
    kernel = Kernel.reorder(engine, plain, packed);
    reorder = new Call(engine, kernel, List.of(DNNL_ARG_FROM, DNNL_ARG_TO));
    reorder.bind(DNNL_ARG_FROM, staging);
    reorder.bind(DNNL_ARG_TO, memory.at(0));
  }

  /** Packs what lies in the staging memory. */
  void pack(Stream stream) {
    reorder.run(stream.handle());
  }

  Pointer start() {
    return memory.at(0);
  }

  @Override
  public void close() {
    reorder.close();
    kernel.close();
    memory.close();
  }
}
