package dev.carousel.cuda;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** Integers at an address that may be moved; somebody else owns the memory. */
final class HostInts extends IntPointer {
  HostInts() {
    super((Pointer) null);
  }

  /** Points somewhere else. */
  HostInts move(long to) {
    address = to;
    return this;
  }
}
