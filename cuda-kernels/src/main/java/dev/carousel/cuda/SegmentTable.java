package dev.carousel.cuda;

import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;

/** The segments of a {@link Packing} on the device, and the kernels that follow them. */
final class SegmentTable implements AutoCloseable {
  private static final int MOST_BLOCKS_EACH = 64;

  private final Gpu gpu;
  private final ElementType type;
  private final int size;
  private final int blocksEach;
  private final Storage storage;

  SegmentTable(Gpu gpu, CudaMemory memory, ElementType type, Packing packing) {
    this.gpu = gpu;
    this.type = type;
    size = packing.size();
    long blocks = (packing.largest() + Launch.BLOCK - 1) / Launch.BLOCK;
    blocksEach = (int) Math.min(MOST_BLOCKS_EACH, blocks);
    int[] halves = packing.halves();
    storage = memory.allocate(DType.I32, halves.length);
    memory.upload(halves, 0, new Tensor(storage, 0, Shape.of(halves.length)));
  }

  /** Writes the flat weights where the packing wants them. */
  void pack(Gpu.Turn turn, long flat, long packed) {
    start(turn.kernel(TypedKernels.of("pack", type)).at(flat).at(packed));
  }

  /** Adds packed gradients to the flat ones. */
  void unpackAdd(Gpu.Turn turn, long packed, long flat) {
    start(turn.kernel(TypedKernels.of("unpack_add", type)).at(packed).at(flat));
  }

  private void start(Launch launch) {
    long table = gpu.address(Tensor.of(storage));
    launch.at(table).size(size).start(blocksEach, Math.min(size, 65_535));
  }

  @Override
  public void close() {
    storage.close();
  }
}
