package dev.carousel.cuda;

import dev.carousel.spi.BackendException;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One device with everything that the kernel groups share: one stream, on which all work runs in
 * the order in which it was started, and one lock under which threads start it.
 */
final class Gpu implements AutoCloseable {
  private final Driver driver;
  private final Dnn dnn;
  private final Blas blas;
  private final ReentrantLock lock = new ReentrantLock();
  private final Turn turn = new Turn();
  private final Map<Kernel, Long> functions = new EnumMap<>(Kernel.class);
  private final Launch launch;
  private final List<Long> scratches = new ArrayList<>();
  private long scratch;
  private long scratchBytes;
  private @Nullable Thread inside;
  private boolean capturing;

  /** The right to start work, until it is closed. */
  final class Turn implements AutoCloseable {
    /** A kernel, whose arguments are to be given next. */
    Launch kernel(Kernel k) {
      return launch.of(k);
    }

    /** The driver. */
    Driver driver() {
      return driver;
    }

    @Override
    public void close() {
      lock.unlock();
    }
  }

  /** Loads the kernels; takes over the three parts and closes them. */
  Gpu(Driver driver, Dnn dnn, Blas blas, byte[] kernels) {
    this.driver = driver;
    this.dnn = dnn;
    this.blas = blas;
    driver.enter();
    inside = Thread.currentThread();
    launch = new Launch(this);
    long module = driver.load(kernels);
    for (Kernel k : Kernel.values()) {
      functions.put(k, driver.function(module, k.symbol()));
    }
  }

  /** Waits for the lock. A thread may take several turns within each other. */
  Turn turn() {
    lock.lock();
    Thread me = Thread.currentThread();
    if (inside != me) {
      driver.enter();
      inside = me;
    }
    return turn;
  }

  Driver driver() {
    return driver;
  }

  Dnn dnn() {
    return dnn;
  }

  Blas blas() {
    return blas;
  }

  DeviceFacts facts() {
    return driver.facts();
  }

  long function(Kernel k) {
    return Objects.requireNonNull(functions.get(k));
  }

  /**
   * Where a tensor's first element lies.
   *
   * @throws IllegalArgumentException if it is not in this device's memory
   */
  long address(Tensor t) {
    if (t.storage() instanceof CudaStorage s && s.gpu() == this) {
      return s.address() + t.offset() * t.type().bytes();
    }
    throw new IllegalArgumentException(
        "a kernel of the cuda backend was handed a tensor that is not in the memory of its device: "
            + t.storage().getClass().getSimpleName());
  }

  /**
   * Scratch until the next call of this method. What it was before it grew stays allocated, since a
   * recorded step still points there.
   */
  long scratch(long bytes) {
    if (bytes > scratchBytes) {
      scratchBytes = Math.max(bytes, 2 * scratchBytes);
      scratch = allocate(scratchBytes, "scratch");
      scratches.add(scratch);
    }
    return scratch;
  }

  /**
   * Device memory.
   *
   * @param purpose for the message
   * @throws BackendException if there is not enough, with what would fit
   */
  long allocate(long bytes, String purpose) {
    try (Turn t = turn()) {
      long address = t.driver().allocate(Math.max(bytes, 1));
      if (address != 0) {
        return address;
      }
      long left = t.driver().freeBytes();
      throw new BackendException(
          "cuMemAlloc: out of memory: %d bytes for %s do not fit %s, which has %d of %d bytes free;"
                  .formatted(bytes, purpose, facts().name(), left, facts().bytes())
              + " about %d%% of that size would fit: use smaller batches or shorter sequences"
                  .formatted(bytes == 0 ? 0 : 100 * left / bytes));
    }
  }

  /** Whether a step is being recorded by the thread that has the turn. */
  boolean capturing() {
    return capturing;
  }

  void capturing(boolean now) {
    capturing = now;
  }

  /**
   * Refuses what a recorded step may not do.
   *
   * @throws IllegalStateException if a step is being recorded
   */
  void requireNoCapture(String what) {
    if (capturing) {
      throw new IllegalStateException(
          "a recorded step may not " + what + ": do it before or after the step");
    }
  }

  @Override
  public void close() {
    try (Turn t = turn()) {
      t.driver().synchronize();
      scratches.forEach(driver::free);
      launch.close();
      blas.close();
      dnn.close();
      driver.close();
    }
  }
}
