package dev.carousel.reference;

import dev.carousel.spi.Memory;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.HeapStorage;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/** Java arrays. Nothing is ever under way, so there is nothing to wait for. */
final class HeapMemory implements Memory {
  /** Storage of any type a host has: F64, F32, I32, and BYTE for scratch. */
  static Storage storage(DType type, long size) {
    return type == DType.BYTE ? new ScratchStorage(size) : HeapStorage.allocate(type, size);
  }

  @Override
  public Storage allocate(DType type, long size) {
    return storage(type, size);
  }

  @Override
  public Arena arena(long budget) {
    return new HeapArena(budget);
  }

  @Override
  public void upload(float[] from, int at, Tensor to) {
    int n = requireFits(DType.F32, from.length, at, to);
    System.arraycopy(from, at, to.heap().floats(), to.heapOffset(), n);
  }

  @Override
  public void upload(int[] from, int at, Tensor to) {
    int n = requireFits(DType.I32, from.length, at, to);
    System.arraycopy(from, at, to.heap().ints(), to.heapOffset(), n);
  }

  @Override
  public void upload(double[] from, int at, Tensor to) {
    int n = requireFits(DType.F64, from.length, at, to);
    System.arraycopy(from, at, to.heap().doubles(), to.heapOffset(), n);
  }

  @Override
  public void download(Tensor from, float[] to, int at) {
    int n = requireFits(DType.F32, to.length, at, from);
    System.arraycopy(from.heap().floats(), from.heapOffset(), to, at, n);
  }

  @Override
  public void download(Tensor from, int[] to, int at) {
    int n = requireFits(DType.I32, to.length, at, from);
    System.arraycopy(from.heap().ints(), from.heapOffset(), to, at, n);
  }

  @Override
  public void download(Tensor from, double[] to, int at) {
    int n = requireFits(DType.F64, to.length, at, from);
    System.arraycopy(from.heap().doubles(), from.heapOffset(), to, at, n);
  }

  /** Checks that an array of {@code type} holds the elements of {@code t}; returns how many. */
  private static int requireFits(DType type, int length, int at, Tensor t) {
    if (t.type() != type) {
      throw new IllegalArgumentException(
          "an array of %s cannot hold a tensor of %s".formatted(type, t.type()));
    }
    if (at < 0 || t.size() > length - at) {
      throw new IllegalArgumentException(
          "an array of %d elements from %d on does not hold a tensor of shape %s"
              .formatted(length, at, t.shape()));
    }
    return (int) t.size();
  }

  @Override
  public void copy(Tensor from, Tensor to) {
    if (from.type() != to.type() || from.size() != to.size()) {
      throw new IllegalArgumentException(
          "cannot copy %s %s to %s %s".formatted(from.type(), from.shape(), to.type(), to.shape()));
    }
    if (from.type() == DType.BYTE) {
      System.arraycopy(
          ScratchStorage.of("from", from),
          ScratchStorage.first("from", from),
          ScratchStorage.of("to", to),
          ScratchStorage.first("to", to),
          ScratchStorage.doubles(from.size()));
      return;
    }
    System.arraycopy(array(from), from.heapOffset(), array(to), to.heapOffset(), (int) from.size());
  }

  private static Object array(Tensor t) {
    HeapStorage heap = t.heap();
    return switch (heap.type()) {
      case F64 -> heap.doubles();
      case F32 -> heap.floats();
      case I32 -> heap.ints();
      case BF16, F16, BYTE -> throw new IllegalArgumentException("no host array of " + heap.type());
    };
  }

  @Override
  public void fill(Tensor to, double value) {
    int from = to.heapOffset();
    int end = from + (int) to.size();
    switch (to.type()) {
      case F64 -> Arrays.fill(to.heap().doubles(), from, end, value);
      case F32 -> Arrays.fill(to.heap().floats(), from, end, (float) value);
      case I32 -> Arrays.fill(to.heap().ints(), from, end, whole(value));
      case BYTE -> clear(to, value);
      case BF16, F16 -> throw new IllegalArgumentException("no host tensor is " + to.type());
    }
  }

  private static int whole(double value) {
    if (value != (int) value) {
      throw new IllegalArgumentException("an I32 tensor cannot hold " + value);
    }
    return (int) value;
  }

  private static void clear(Tensor to, double value) {
    if (value != 0) {
      throw new IllegalArgumentException("a BYTE tensor can only be filled with 0, not " + value);
    }
    int from = ScratchStorage.first("to", to);
    Arrays.fill(ScratchStorage.of("to", to), from, from + ScratchStorage.doubles(to.size()), 0.0);
  }

  @Override
  public void await() {
    // every call is done when it returns
  }
}
