package dev.carousel.cpu.onednn;

import dev.carousel.spi.Memory;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.OutOfArenaException;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A bump allocator with a list of slabs for each element type, because a Java array has only one
 * and scratch is native. A mark is the number of takes so far; each take remembers where its list
 * stood before.
 */
final class HostArena implements Arena {
  private static final long USUAL_SLAB = 1L << 20;

  private final Memory heap;
  private final long budget;
  private final long growth;
  private final Map<DType, Slabs> lists = new EnumMap<>(DType.class);
  private final Deque<Take> takes = new ArrayDeque<>();
  private long held;
  private long used;
  private long highWater;
  private boolean closed;

  /** Where a list stood before a take, and the bytes that were taken. */
  private record Take(Slabs from, int slab, long position, long bytes) {}

  /** The slabs of one type, and where the first free element is. */
  private static final class Slabs {
    private final List<Storage> all = new ArrayList<>();
    private int slab;
    private long position;

    /** Moves to the first place from here on that has room; the new end of the list if none has. */
    void seek(long elements) {
      while (slab < all.size() && all.get(slab).size() - position < elements) {
        slab++;
        position = 0;
      }
    }
  }

  HostArena(Memory heap, long budget) {
    if (budget < 1) {
      throw new IllegalArgumentException("an arena's budget must be positive, not " + budget);
    }
    this.heap = heap;
    this.budget = budget;
    this.growth = Math.min(USUAL_SLAB, budget / 16); // one type must not take all
  }

  @Override
  public Tensor take(DType type, Shape shape) {
    requireOpen();
    Slabs from = lists.computeIfAbsent(type, t -> new Slabs());
    final int slab = from.slab;
    final long position = from.position;
    long elements = aligned(type, shape.size());
    from.seek(elements);
    if (from.slab == from.all.size() && !grow(from, type, elements)) {
      from.slab = slab;
      from.position = position;
      throw new OutOfArenaException(type, shape, held, budget);
    }
    long bytes = elements * type.bytes();
    takes.push(new Take(from, slab, position, bytes));
    used += bytes;
    highWater = Math.max(highWater, used);
    Tensor taken = new Tensor(from.all.get(from.slab), from.position, shape);
    from.position += elements;
    return taken;
  }

  /** Native scratch starts on cache lines; a heap array gives no such promise anyway. */
  private static long aligned(DType type, long elements) {
    int unit = type == DType.BYTE ? NativeMemory.ALIGNMENT : 1;
    return (elements + unit - 1) / unit * unit;
  }

  private boolean grow(Slabs to, DType type, long elements) {
    long needed = elements * type.bytes();
    if (needed > budget - held) {
      dropIdleSlabs();
      to.slab = Math.min(to.slab, to.all.size());
    }
    long room = budget - held;
    if (needed > room) {
      return false;
    }
    long bytes = Math.max(needed, Math.min(growth, room)) / type.bytes() * type.bytes();
    long size = bytes / type.bytes();
    to.all.add(type == DType.BYTE ? new NativeStorage(size) : heap.allocate(type, size));
    held += bytes;
    to.slab = to.all.size() - 1;
    to.position = 0;
    return true;
  }

  /** Gives back slabs in which no tensor lies, before the budget is declared exceeded. */
  private void dropIdleSlabs() {
    for (Map.Entry<DType, Slabs> entry : lists.entrySet()) {
      Slabs s = entry.getValue();
      int busy = Math.min(s.all.size(), s.slab + (s.position > 0 ? 1 : 0));
      List<Storage> idle = s.all.subList(busy, s.all.size());
      for (Storage storage : idle) {
        held -= storage.size() * entry.getKey().bytes();
        storage.close();
      }
      idle.clear();
    }
  }

  @Override
  public long mark() {
    requireOpen();
    return takes.size();
  }

  @Override
  public void release(long mark) {
    requireOpen();
    if (mark < 0 || mark > takes.size()) {
      throw new IllegalArgumentException(
          "mark " + mark + " is not of this arena or was released: " + takes.size() + " takes");
    }
    while (takes.size() > mark) {
      Take last = takes.pop();
      last.from().slab = last.slab();
      last.from().position = last.position();
      used -= last.bytes();
    }
  }

  @Override
  public long highWater() {
    return highWater;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the arena has been closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      takes.clear();
      lists.values().forEach(s -> s.all.forEach(Storage::close));
      lists.clear();
    }
  }
}
