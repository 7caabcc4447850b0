package dev.carousel.bench.peer.ceiling;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Threads that begin together; the caller is one of them. They spin for a while, then sleep. */
final class Team implements AutoCloseable {
  private static final int SPINS = 1 << 16;

  private final int size;
  private final AtomicInteger left = new AtomicInteger();
  private volatile @Nullable IntConsumer work;
  private volatile int round;
  private volatile boolean closed;

  Team(int size) {
    this.size = size;
    for (int i = 1; i < size; i++) {
      int index = i;
      Thread thread = new Thread(() -> serve(index), "ceiling-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  int size() {
    return size;
  }

  /** Runs {@code each} on every thread with its number; returns when all have. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one caller
  void run(IntConsumer each) {
    work = each;
    left.set(size - 1);
    round++;
    each.accept(0);
    while (left.get() > 0) {
      Thread.onSpinWait();
    }
  }

  private void serve(int index) {
    int seen = 0;
    int spins = 0;
    while (!closed) {
      IntConsumer now = work;
      if (round != seen && now != null) {
        seen = round;
        spins = 0;
        now.accept(index);
        left.decrementAndGet();
      } else if (spins++ < SPINS) {
        Thread.onSpinWait();
      } else {
        rest();
      }
    }
  }

  private static void rest() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
