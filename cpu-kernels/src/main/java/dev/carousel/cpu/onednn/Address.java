package dev.carousel.cpu.onednn;

import org.bytedeco.javacpp.BytePointer;

/** An address as JavaCPP's functions take it; it owns nothing. */
final class Address extends BytePointer {
  Address(long address) {
    this.address = address;
  }
}
