package dev.carousel.cuda;

import dev.carousel.cuda.CudaStorage.Ownership;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.OutOfArenaException;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A bump allocator over slabs of device memory. Slabs lie one after another in one numbering of
 * bytes, so a mark is a number; what does not fit the rest of a slab goes to the next.
 */
final class CudaArena implements Arena {
  /** Alignment of every tensor, which is what NVIDIA's libraries like best. */
  private static final long USUAL_SLAB = 64L << 20;

  private final Gpu gpu;
  private final long budget;
  private final List<Slab> slabs = new ArrayList<>();
  private long held;
  private long end;
  private long position;
  private long highWater;
  private boolean closed;

  /** Device memory from byte {@code start} of the arena on, with a view of it for each type. */
  private record Slab(long start, long bytes, long address, Map<DType, CudaStorage> views) {
    CudaStorage view(Gpu gpu, DType type) {
      return views.computeIfAbsent(
          type, t -> new CudaStorage(gpu, t, bytes / t.bytes(), address, Ownership.BORROWED));
    }
  }

  CudaArena(Gpu gpu, long budget) {
    if (budget < 1) {
      throw new IllegalArgumentException("an arena's budget must be positive, not " + budget);
    }
    this.gpu = gpu;
    this.budget = budget;
  }

  @Override
  public Tensor take(DType type, Shape shape) {
    if (closed) {
      throw new IllegalStateException("the arena is closed");
    }
    long bytes = Math.multiplyExact(shape.size(), (long) type.bytes());
    Slab slab = slabFor(type, shape, bytes);
    long from = position - slab.start();
    position += Regions.align(bytes);
    highWater = Math.max(highWater, position);
    return new Tensor(slab.view(gpu, type), from / type.bytes(), shape);
  }

  /** Moves to where {@code bytes} fit. */
  private Slab slabFor(DType type, Shape shape, long bytes) {
    for (Slab slab : slabs) {
      long from = Math.max(position, slab.start());
      if (from + bytes <= slab.start() + slab.bytes()) {
        position = from;
        return slab;
      }
    }
    if (Regions.align(bytes) > budget - held) {
      throw new OutOfArenaException(type, shape, held, budget);
    }
    long size = Math.min(Math.max(Regions.align(bytes), USUAL_SLAB), budget - held);
    long address = gpu.allocate(size, "a tensor " + type + " " + shape + " of an arena");
    Slab slab = new Slab(end, size, address, new EnumMap<>(DType.class));
    slabs.add(slab);
    position = end;
    end += Regions.align(size);
    held += size;
    return slab;
  }

  @Override
  public long mark() {
    return position;
  }

  @Override
  public void release(long mark) {
    if (mark < 0 || mark > position) {
      throw new IllegalArgumentException(
          "mark " + mark + " is not one of this arena, which stands at " + position);
    }
    position = mark;
  }

  @Override
  public long highWater() {
    return highWater;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try (Gpu.Turn turn = gpu.turn()) {
        slabs.forEach(slab -> turn.driver().free(slab.address()));
      }
    }
  }
}
