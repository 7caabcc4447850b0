package dev.carousel.cpu.onednn;

import dev.carousel.tensor.Tensor;
import org.bytedeco.javacpp.Pointer;

/** A scratch tensor as kernels and copies see it; offsets are in bytes from its start. */
final class Space {
  private final NativeMemory memory;
  private final long base;
  private final Elements floats;
  private final Elements halves;

  /**
   * @param name the tensor's role, for the message
   */
  Space(String name, Tensor scratch) {
    memory = NativeStorage.memory(name, scratch);
    base = scratch.offset();
    floats = Elements.of(memory, NativeType.F32);
    halves = Elements.of(memory, NativeType.BF16);
  }

  /** Whether this is that tensor's memory. */
  boolean is(String name, Tensor scratch) {
    return NativeStorage.memory(name, scratch) == memory && scratch.offset() == base;
  }

  Pointer at(long offset) {
    return memory.at(base + offset);
  }

  Elements elements(NativeType type) {
    return type == NativeType.BF16 ? halves : floats;
  }

  /** The position of a byte offset among the elements of a type. */
  int index(long offset, NativeType type) {
    return Math.toIntExact((base + offset) / type.bytes());
  }

  void zero(long offset, long bytes) {
    memory.zero(base + offset, bytes);
  }
}
