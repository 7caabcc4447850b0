package dev.carousel.cpu.fused;

import dev.carousel.spi.BackendException;
import java.nio.ByteBuffer;

/** Memory outside the Java heap, where {@link FusedKernels#refusal} has nothing to say. */
public final class FusedMemory {
  private FusedMemory() {}

  /** Undefined bytes, aligned for any number; 0 if the system has none left. */
  public static long allocate(long bytes) {
    return Native.allocate(bytes);
  }

  /** Gives back what {@link #allocate} gave. */
  public static void free(long address) {
    Native.free(address);
  }

  /**
   * Bytes at an address, for Java; not to be used once they are freed.
   *
   * @throws BackendException if this JVM does not let native code make buffers
   */
  public static ByteBuffer view(long address, int bytes) {
    ByteBuffer view = Native.view(address, bytes);
    if (view == null) {
      throw new BackendException("this JVM has no direct buffers of native memory");
    }
    return view;
  }
}
