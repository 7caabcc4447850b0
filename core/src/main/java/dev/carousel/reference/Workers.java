package dev.carousel.reference;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that share out numbered tasks. Tasks must not depend on each other nor
 * on who runs them; then neither the number of threads nor their timing changes a bit (R10). The
 * caller works too, so one thread means no other thread at all, and a caller who finds the others
 * busy with somebody else's tasks does its own alone. A call allocates nothing (R6).
 */
final class Workers implements AutoCloseable {
  /** Below this many floating-point operations a second thread costs more than it gives. */
  private static final double WORTH_SHARING = 1e6;

  private final int threads;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicInteger next = new AtomicInteger();

  /** Guards what follows. */
  private final Object lock = new Object();

  private IntConsumer task = i -> {};
  private int tasks;
  private long round;
  private boolean open;
  private int inside;
  private @Nullable Throwable failure;
  private boolean closed;

  Workers(int threads) {
    this.threads = threads;
    for (int i = 1; i < threads; i++) {
      Thread t = new Thread(this::serve, "carousel-reference-" + i);
      t.setDaemon(true);
      t.start();
    }
  }

  int threads() {
    return threads;
  }

  /**
   * Runs tasks 0 to {@code count} − 1 and waits for all of them. If one throws, its exception is
   * thrown here once every thread has stopped.
   *
   * @param operations roughly how many floating-point operations all of them are
   */
  void run(int count, double operations, IntConsumer work) {
    boolean alone = threads == 1 || count < 2 || operations < WORTH_SHARING;
    if (alone || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < count; i++) {
        work.accept(i);
      }
      return;
    }
    try {
      begin(count, work);
      takeTasks(work, count);
      rethrow(finish());
    } finally {
      busy.set(false);
    }
  }

  private void begin(int count, IntConsumer work) {
    synchronized (lock) {
      task = work;
      tasks = count;
      next.set(0);
      failure = null;
      open = true;
      round++;
      lock.notifyAll();
    }
  }

  /**
   * Waits for the threads that joined in. Tensors must not be touched after a call has returned, so
   * an interrupt has to wait as well.
   */
  private @Nullable Throwable finish() {
    boolean interrupted = false;
    synchronized (lock) {
      open = false;
      while (inside > 0) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      task = i -> {};
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return failure;
    }
  }

  private static void rethrow(@Nullable Throwable thrown) {
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
  }

  /** The life of one of the other threads. */
  private void serve() {
    long seen = 0;
    while (true) {
      IntConsumer work;
      int count;
      synchronized (lock) {
        while (!closed && (!open || round == seen)) {
          try {
            lock.wait();
          } catch (InterruptedException e) {
            return;
          }
        }
        if (closed) {
          return;
        }
        seen = round;
        inside++;
        work = task;
        count = tasks;
      }
      takeTasks(work, count);
      synchronized (lock) {
        inside--;
        lock.notifyAll();
      }
    }
  }

  private void takeTasks(IntConsumer work, int count) {
    try {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        work.accept(i);
      }
    } catch (RuntimeException | Error e) {
      next.set(count);
      synchronized (lock) {
        failure = failure == null ? e : failure;
      }
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }
}
