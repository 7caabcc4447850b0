package dev.carousel.cpu.onednn;

/**
 * Native memory seen as numbers, copied from and to Java arrays. Positions are elements from the
 * start of the memory. Nothing here allocates, and threads may share one view.
 */
sealed interface Elements permits FloatElements, Bfloat16Elements {
  /** Views memory as elements of {@code type}. */
  static Elements of(NativeMemory memory, NativeType type) {
    return switch (type) {
      case F32 -> new FloatElements(memory.floats());
      case BF16 -> new Bfloat16Elements(memory.shorts());
      case U8 -> throw new IllegalArgumentException("opaque bytes are not numbers");
    };
  }

  /** Copies in, rounding to the type of the memory. */
  void put(int at, float[] from, int fromAt, int count);

  /** Copies out. */
  void get(int at, float[] to, int toAt, int count);

  /** Copies between two places of the same memory that do not overlap. */
  void copy(int at, int from, int count);

  /** Writes one element. */
  void set(int at, float value);

  /** Writes zeros. */
  void zero(int at, int count);
}
