package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.cpu.fused.FusedMemory;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;

/** Who gives out native memory; both ask the system's {@code malloc}. */
enum NativeHeap {
  /** Our own library, which is loaded anyway. */
  OWN {
    @Override
    long allocate(long bytes) {
      return FusedMemory.allocate(bytes);
    }

    @Override
    void free(long address) {
      FusedMemory.free(address);
    }

    @Override
    ByteBuffer view(long address, int bytes) {
      return FusedMemory.view(address, bytes);
    }
  },

  /** JavaCPP, which takes long to load. */
  JAVACPP {
    @Override
    long allocate(long bytes) {
      Pointer block = Pointer.malloc(bytes);
      return block == null ? 0 : block.address();
    }

    @Override
    void free(long address) {
      Pointer.free(new Address(address));
    }

    @Override
    ByteBuffer view(long address, int bytes) {
      return new Address(address).capacity(bytes).asByteBuffer();
    }
  };

  /** The one to use on this machine. */
  static NativeHeap here() {
    return FusedKernels.refusal() == null ? OWN : JAVACPP;
  }

  /** Undefined bytes; 0 if the system has none left. */
  abstract long allocate(long bytes);

  /** Gives back what {@link #allocate} gave. */
  abstract void free(long address);

  /** The bytes at an address, for Java; not to be used once they are freed. */
  abstract ByteBuffer view(long address, int bytes);
}
