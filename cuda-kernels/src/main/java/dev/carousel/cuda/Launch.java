package dev.carousel.cuda;

import dev.carousel.tensor.Tensor;
import java.nio.LongBuffer;
import org.bytedeco.javacpp.LongPointer;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one kernel launch, written into native memory that is used again for the next:
 * launching allocates nothing. Only under the lock of its {@link Gpu}.
 */
final class Launch implements AutoCloseable {
  /** Threads of a block; the kernels count on whole warps and at most 8 of them. */
  static final int BLOCK = 256;

  private static final int SLOTS = 24;

  private final Gpu gpu;
  private final LongPointer slots = new LongPointer(SLOTS);
  private final LongPointer pointers = new LongPointer(SLOTS);
  private final LongBuffer values = slots.asBuffer();
  private final int mostBlocks;
  private Kernel kernel = Kernel.FILL_F32;
  private int count;

  Launch(Gpu gpu) {
    this.gpu = gpu;
    mostBlocks = 16 * gpu.facts().processors();
    for (int i = 0; i < SLOTS; i++) {
      pointers.put(i, slots.address() + 8L * i);
    }
  }

  Launch of(Kernel k) {
    kernel = k;
    count = 0;
    return this;
  }

  /** An address, 0 for null. */
  Launch at(long address) {
    values.put(count++, address);
    return this;
  }

  /** A tensor's address, null for none. */
  Launch at(@Nullable Tensor t) {
    return at(t == null ? 0 : gpu.address(t));
  }

  /** A 64-bit integer. */
  Launch size(long n) {
    return at(n);
  }

  /** A 32-bit integer. */
  Launch number(int n) {
    return at(Integer.toUnsignedLong(n));
  }

  /** A float. */
  Launch real(float x) {
    return number(Float.floatToRawIntBits(x));
  }

  /** A double. */
  Launch twice(double x) {
    return at(Double.doubleToRawLongBits(x));
  }

  /** Starts it on {@code n} independent elements; nothing if there are none. */
  void each(long n) {
    if (n > 0) {
      start((int) Math.min((n + BLOCK - 1) / BLOCK, mostBlocks), 1);
    }
  }

  /** Starts it on {@code n} items of one block each; nothing if there are none. */
  void blocks(long n) {
    if (n > 0) {
      start((int) Math.min(n, mostBlocks), 1);
    }
  }

  /** Starts exactly {@code x} by {@code y} blocks. */
  void start(int x, int y) {
    gpu.driver().launch(gpu.function(kernel), x, y, BLOCK, pointers.address());
  }

  @Override
  public void close() {
    slots.close();
    pointers.close();
  }
}
