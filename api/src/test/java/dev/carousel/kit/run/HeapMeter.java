package dev.carousel.kit.run;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that all threads together allocate on the Java heap. */
public final class HeapMeter {
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 6;
  private static final int CALLS = 20;

  private HeapMeter() {}

  /** Bytes per call once it is warm: the least of several rounds, as other threads allocate too. */
  public static long bytesPerCall(Runnable call) {
    repeat(WARM_UP, call);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = allocated();
      repeat(CALLS, call);
      least = Math.min(least, allocated() - before);
    }
    return least / CALLS;
  }

  private static void repeat(int count, Runnable call) {
    for (int i = 0; i < count; i++) {
      call.run();
    }
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }
}
