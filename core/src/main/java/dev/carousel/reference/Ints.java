package dev.carousel.reference;

import dev.carousel.tensor.Tensor;

/** An I32 tensor's elements; indices count from its first. */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record Ints(int[] array, int offset) {
  static Ints of(Tensor t) {
    return new Ints(t.heap().ints(), t.heapOffset());
  }

  int get(int i) {
    return array[offset + i];
  }

  void set(int i, int value) {
    array[offset + i] = value;
  }
}
