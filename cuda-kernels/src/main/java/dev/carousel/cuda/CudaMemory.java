package dev.carousel.cuda;

import dev.carousel.cuda.CudaStorage.Ownership;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;

/** Device memory, and the ways into and out of it by way of pinned memory. */
final class CudaMemory implements Memory, AutoCloseable {
  private final Gpu gpu;
  private final Staging staging;

  CudaMemory(Gpu gpu) {
    this.gpu = gpu;
    this.staging = new Staging(gpu);
  }

  @Override
  public Storage allocate(DType type, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a size must not be negative: " + size);
    }
    try (Gpu.Turn turn = gpu.turn()) {
      gpu.requireNoCapture("allocate");
      long bytes = Math.multiplyExact(size, (long) type.bytes());
      long address = gpu.allocate(bytes, size + " elements of " + type);
      turn.driver().zero(address, bytes);
      return new CudaStorage(gpu, type, size, address, Ownership.OWN);
    }
  }

  @Override
  public Arena arena(long budget) {
    return new CudaArena(gpu, budget);
  }

  @Override
  public void upload(float[] from, int at, Tensor to) {
    to.require("to", DType.F32, to.shape().dims());
    staging.upload(
        gpu.address(to), to.size(), 4, (view, done, n) -> view.floats(from, at + done, n));
  }

  @Override
  public void upload(int[] from, int at, Tensor to) {
    to.require("to", DType.I32, to.shape().dims());
    staging.upload(gpu.address(to), to.size(), 4, (view, done, n) -> view.ints(from, at + done, n));
  }

  @Override
  public void upload(double[] from, int at, Tensor to) {
    to.require("to", DType.F64, to.shape().dims());
    staging.upload(
        gpu.address(to), to.size(), 8, (view, done, n) -> view.doubles(from, at + done, n));
  }

  @Override
  public void download(Tensor from, float[] to, int at) {
    from.require("from", DType.F32, from.shape().dims());
    staging.download(
        gpu.address(from), from.size(), 4, (view, done, n) -> view.intoFloats(to, at + done, n));
  }

  @Override
  public void download(Tensor from, int[] to, int at) {
    from.require("from", DType.I32, from.shape().dims());
    staging.download(
        gpu.address(from), from.size(), 4, (view, done, n) -> view.intoInts(to, at + done, n));
  }

  @Override
  public void download(Tensor from, double[] to, int at) {
    from.require("from", DType.F64, from.shape().dims());
    staging.download(
        gpu.address(from), from.size(), 8, (view, done, n) -> view.intoDoubles(to, at + done, n));
  }

  @Override
  public void copy(Tensor from, Tensor to) {
    if (from.type() != to.type() || from.size() != to.size()) {
      throw new IllegalArgumentException(
          "cannot copy %s %s to %s %s".formatted(from.type(), from.shape(), to.type(), to.shape()));
    }
    try (Gpu.Turn turn = gpu.turn()) {
      long bytes = from.size() * from.type().bytes();
      turn.driver().copy(gpu.address(from), gpu.address(to), bytes);
    }
  }

  @Override
  public void fill(Tensor to, double value) {
    try (Gpu.Turn turn = gpu.turn()) {
      long address = gpu.address(to);
      if (value == 0 && 1 / value > 0) {
        turn.driver().zero(address, to.size() * to.type().bytes());
        return;
      }
      Launch fill =
          switch (to.type()) {
            case F32 ->
                turn.kernel(Kernel.FILL_F32).at(address).real((float) value).size(to.size());
            case F64 -> turn.kernel(Kernel.FILL_F64).at(address).twice(value).size(to.size());
            case I32 ->
                turn.kernel(Kernel.FILL_I32).at(address).number((int) value).size(to.size());
            case BYTE, F16, BF16 ->
                throw new IllegalArgumentException(
                    to.type() + " tensors can only be filled with 0, not " + value);
          };
      fill.each(to.size());
    }
  }

  @Override
  public void await() {
    try (Gpu.Turn turn = gpu.turn()) {
      gpu.requireNoCapture("wait");
      turn.driver().synchronize();
    }
  }

  @Override
  public void close() {
    staging.close();
  }
}
