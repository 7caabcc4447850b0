package dev.carousel.cpu.onednn;

import dev.carousel.spi.BackendException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * With how many threads oneDNN computes. It uses OpenMP, whose thread count belongs to the calling
 * thread and starts out as {@code OMP_NUM_THREADS} or the number of cores.
 *
 * <p>Neither oneDNN nor JavaCPP binds {@code omp_set_num_threads}, and the environment cannot be
 * changed from within a JVM. But JavaCPP can be made to call a C function of one word: as a
 * pointer's native deallocator. Where that is not possible a count other than the process's own is
 * refused, never ignored.
 */
final class ThreadCount {
  private static final String SYMBOL = "omp_set_num_threads";

  /** What this class last asked of the calling thread; 0 before it asked anything. */
  private static final ThreadLocal<int[]> APPLIED = ThreadLocal.withInitial(() -> new int[1]);

  private final int count;
  private final @Nullable Method init;
  private final @Nullable Pointer function;

  private ThreadCount(int count, @Nullable Method init, @Nullable Pointer function) {
    this.count = count;
    this.init = init;
    this.function = function;
  }

  /**
   * This many threads for each thread that calls.
   *
   * @param requested 0 for the process's own number
   * @throws BackendException if the number cannot be set, with the remedy
   */
  static ThreadCount of(int requested) {
    OneDnnLibrary.require(); // and with it OpenMP, whose function is looked up here
    int own = processDefault();
    int count = requested == 0 ? own : requested;
    Pointer function = Loader.addressof(SYMBOL);
    try {
      Method init =
          Pointer.class.getDeclaredMethod("init", long.class, long.class, long.class, long.class);
      init.setAccessible(true);
      if (function != null) {
        return new ThreadCount(count, init, function);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      requireOwn(count, own, e);
    }
    requireOwn(count, own, null);
    return new ThreadCount(own, null, null);
  }

  private static void requireOwn(int count, int own, @Nullable Exception cause) {
    if (count != own) {
      throw new BackendException(
          "the number of oneDNN's threads cannot be set to %d here; start the JVM with OMP_NUM_THREADS=%d in its environment, or ask for %d"
              .formatted(count, count, own),
          cause);
    }
  }

  /** {@code OMP_NUM_THREADS} as OpenMP reads it, otherwise the number of cores. */
  static int processDefault() {
    String value = System.getenv("OMP_NUM_THREADS");
    if (value != null) {
      try {
        return Integer.parseUnsignedInt(value.split(",", -1)[0].trim());
      } catch (NumberFormatException e) {
        return Runtime.getRuntime().availableProcessors(); // OpenMP ignores it as well
      }
    }
    return Runtime.getRuntime().availableProcessors();
  }

  int count() {
    return count;
  }

  /** Half as many, for two kernels at once; null for one thread or where it cannot be changed. */
  @Nullable ThreadCount half() {
    return count < 2 || function == null ? null : new ThreadCount(count / 2, init, function);
  }

  /** Cheap after the first call on a thread. */
  void applyToThisThread() {
    int[] applied = APPLIED.get();
    if (applied[0] != count && init != null && function != null) {
      call(init, function);
      applied[0] = count;
    }
  }

  private void call(Method pointerInit, Pointer setNumThreads) {
    Pointer carrier = new Pointer() {};
    try {
      pointerInit.invoke(carrier, 1L, 1L, (long) count, setNumThreads.address());
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new BackendException(SYMBOL + " could not be called", e);
    }
    carrier.deallocate();
  }
}
