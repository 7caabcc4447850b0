package dev.carousel.cpu.onednn;

import dev.carousel.spi.Memory;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;

/** Numbers live on the Java heap, shared with the reference backend; scratch is native. */
final class HostMemory implements Memory {
  private final Memory heap;

  /**
   * @param heap the reference backend's memory
   */
  HostMemory(Memory heap) {
    this.heap = heap;
  }

  @Override
  public Storage allocate(DType type, long size) {
    if (type != DType.BYTE) {
      return heap.allocate(type, size);
    }
    NativeStorage scratch = new NativeStorage(size);
    scratch.zero(0, size);
    return scratch;
  }

  @Override
  public Arena arena(long budget) {
    return new HostArena(heap, budget);
  }

  @Override
  public void upload(float[] from, int at, Tensor to) {
    heap.upload(from, at, to);
  }

  @Override
  public void upload(int[] from, int at, Tensor to) {
    heap.upload(from, at, to);
  }

  @Override
  public void upload(double[] from, int at, Tensor to) {
    heap.upload(from, at, to);
  }

  @Override
  public void download(Tensor from, float[] to, int at) {
    heap.download(from, to, at);
  }

  @Override
  public void download(Tensor from, int[] to, int at) {
    heap.download(from, to, at);
  }

  @Override
  public void download(Tensor from, double[] to, int at) {
    heap.download(from, to, at);
  }

  @Override
  public void copy(Tensor from, Tensor to) {
    if (from.type() != DType.BYTE || to.type() != DType.BYTE) {
      heap.copy(from, to);
    } else if (from.size() != to.size()) {
      throw new IllegalArgumentException(
          "cannot copy scratch of " + from.size() + " bytes to " + to.size());
    } else {
      NativeStorage source = NativeStorage.of("from", from);
      NativeStorage.of("to", to).copy(to.offset(), source, from.offset(), from.size());
    }
  }

  @Override
  public void fill(Tensor to, double value) {
    if (to.type() != DType.BYTE) {
      heap.fill(to, value);
    } else if (value == 0) {
      NativeStorage.of("to", to).zero(to.offset(), to.size());
    } else {
      throw new IllegalArgumentException("BYTE tensors take only 0, not " + value);
    }
  }

  @Override
  public void await() {
    // every kernel has finished when its call returns
  }
}
