package dev.carousel.reference;

import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.OutOfArenaException;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Bump allocation over Java arrays. An array has one element type, so every type has its own lane
 * of chunks. A mark is the number of takes before it; a log of them tells {@link #release} how far
 * to rewind each lane.
 */
final class HeapArena implements Arena {
  private static final long LARGEST_GROWTH = 4L << 20;

  private final long budget;
  private final long growth;
  private final Map<DType, Lane> lanes = new EnumMap<>(DType.class);
  private Take[] log = new Take[16];
  private int taken;
  private long held;
  private long used;
  private long highWater;
  private boolean closed;

  /** Where a lane stood before one take. */
  private record Take(Lane lane, int chunk, long position, long bytes) {}

  /** The chunks of one element type; {@code position} is the first free element of the present. */
  private static final class Lane {
    final List<Storage> chunks = new ArrayList<>();
    int chunk;
    long position;

    /** Moves to the first place from here on that has room; false if there is none. */
    boolean seek(long size) {
      while (chunk < chunks.size() && chunks.get(chunk).size() - position < size) {
        chunk++;
        position = 0;
      }
      return chunk < chunks.size();
    }
  }

  HeapArena(long budget) {
    if (budget < 1) {
      throw new IllegalArgumentException("an arena's budget must be at least 1 byte: " + budget);
    }
    this.budget = budget;
    this.growth = Math.min(LARGEST_GROWTH, budget / 16);
  }

  @Override
  public Tensor take(DType type, Shape shape) {
    requireOpen();
    long size = type == DType.BYTE ? wholeDoubles(shape.size()) : shape.size();
    Lane lane = lanes.computeIfAbsent(type, t -> new Lane());
    final int chunk = lane.chunk;
    final long position = lane.position;
    if (!lane.seek(size)) {
      lane.chunk = chunk;
      lane.position = position;
      if (!grow(lane, type, size)) {
        throw new OutOfArenaException(type, shape, held, budget);
      }
    }
    record(new Take(lane, chunk, position, size * type.bytes()));
    Tensor t = new Tensor(lane.chunks.get(lane.chunk), lane.position, shape);
    lane.position += size;
    return t;
  }

  /** Scratch is made of doubles, so the next tensor must start at one. */
  private static long wholeDoubles(long bytes) {
    return (bytes + Double.BYTES - 1) / Double.BYTES * Double.BYTES;
  }

  /** Adds a chunk: larger than asked for if the budget allows, exactly as large if it must be. */
  private boolean grow(Lane lane, DType type, long size) {
    long needed = size * type.bytes();
    if (needed > budget - held) {
      dropIdleChunks();
    }
    long room = budget - held;
    if (needed > room) {
      return false;
    }
    long bytes = growth <= room ? Math.max(needed, growth / 8 * 8) : needed;
    lane.chunks.add(HeapMemory.storage(type, bytes / type.bytes()));
    lane.chunk = lane.chunks.size() - 1;
    lane.position = 0;
    held += bytes;
    return true;
  }

  /** Frees the chunks that no tensor lies in, before a budget is found too small. */
  private void dropIdleChunks() {
    for (Lane lane : lanes.values()) {
      int busy = Math.min(lane.chunks.size(), lane.chunk + (lane.position > 0 ? 1 : 0));
      List<Storage> idle = lane.chunks.subList(busy, lane.chunks.size());
      for (Storage s : idle) {
        held -= s.size() * s.type().bytes();
        s.close();
      }
      idle.clear();
    }
  }

  private void record(Take take) {
    if (taken == log.length) {
      log = Arrays.copyOf(log, 2 * taken);
    }
    log[taken++] = take;
    used += take.bytes;
    highWater = Math.max(highWater, used);
  }

  @Override
  public long mark() {
    requireOpen();
    return taken;
  }

  @Override
  public void release(long mark) {
    requireOpen();
    if (mark < 0 || mark > taken) {
      throw new IllegalArgumentException(
          "mark " + mark + " is not of this arena, or was released: it stands at " + taken);
    }
    while (taken > mark) {
      Take last = log[--taken];
      last.lane.chunk = last.chunk;
      last.lane.position = last.position;
      used -= last.bytes;
    }
  }

  @Override
  public long highWater() {
    return highWater;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this arena is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    taken = 0;
    lanes.clear();
  }
}
