package dev.carousel.cuda;

import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Between F32 tensors and cuDNN's: the tensor itself where they are the same, otherwise a copy. */
record Casts(Gpu gpu, ElementType type) {
  /** The address of {@code t} in cuDNN's type, made at {@code room} if need be; 0 for null. */
  long read(Gpu.Turn turn, @Nullable Tensor t, long room) {
    if (t == null) {
      return 0;
    }
    if (type == ElementType.F32) {
      return gpu.address(t);
    }
    turn.kernel(TypedKernels.of("cast", ElementType.F32, type))
        .at(t)
        .at(room)
        .size(t.size())
        .each(t.size());
    return room;
  }

  /** Where cuDNN is to write {@code t}: itself, or {@code room}; 0 for null. */
  long target(@Nullable Tensor t, long room) {
    if (t == null) {
      return 0;
    }
    return type == ElementType.F32 ? gpu.address(t) : room;
  }

  /** Brings what cuDNN wrote to {@link #target} into {@code t}. */
  void written(Gpu.Turn turn, @Nullable Tensor t, long room) {
    if (t != null && type != ElementType.F32) {
      turn.kernel(TypedKernels.of("cast", type, ElementType.F32))
          .at(room)
          .at(t)
          .size(t.size())
          .each(t.size());
    }
  }
}
