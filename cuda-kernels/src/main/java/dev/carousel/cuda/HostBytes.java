package dev.carousel.cuda;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Memory at a known address, which somebody else owns. May be moved to another address. */
final class HostBytes extends BytePointer {
  HostBytes(long address, long bytes) {
    super((Pointer) null);
    this.address = address;
    this.limit = bytes;
    this.capacity = bytes;
  }

  /** Nothing yet; for {@link #move}. */
  HostBytes() {
    this(0, 0);
  }

  /** Points somewhere else; an address of 0 is a null pointer. */
  HostBytes move(long to) {
    address = to;
    return this;
  }
}
