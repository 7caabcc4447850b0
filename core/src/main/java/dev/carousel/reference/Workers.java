package dev.carousel.reference;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that share out numbered tasks. Tasks must not depend on each other nor
 * on who runs them; then neither the number of threads nor their timing changes a bit (R10). The
 * caller works too, so that one thread means no other thread at all.
 */
final class Workers implements AutoCloseable {
  /** Below this many floating-point operations a second thread costs more than it gives. */
  private static final double WORTH_SHARING = 1e6;

  private final int threads;
  private final @Nullable ExecutorService pool;

  Workers(int threads) {
    this.threads = threads;
    this.pool =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1,
                r -> {
                  Thread t = new Thread(r, "carousel-reference");
                  t.setDaemon(true);
                  return t;
                });
  }

  int threads() {
    return threads;
  }

  /**
   * Runs tasks 0 to {@code tasks} − 1 and waits for all of them. If one throws, its exception is
   * thrown here once every thread has stopped.
   *
   * @param operations roughly how many floating-point operations all of them are
   */
  void run(int tasks, double operations, IntConsumer task) {
    if (pool == null || tasks < 2 || operations < WORTH_SHARING) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    new Round(tasks, task).share(pool, Math.min(threads, tasks) - 1);
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }

  /** One call of {@link #run}: threads take the next number until there is none. */
  private static final class Round {
    private final int tasks;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Round(int tasks, IntConsumer task) {
      this.tasks = tasks;
      this.task = task;
    }

    void share(ExecutorService pool, int others) {
      CountDownLatch done = new CountDownLatch(others);
      for (int i = 0; i < others; i++) {
        pool.execute(
            () -> {
              work();
              done.countDown();
            });
      }
      work();
      awaitUninterruptibly(done);
      Throwable thrown = failure.get();
      if (thrown instanceof Error e) {
        throw e;
      }
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
    }

    private void work() {
      try {
        for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
          task.accept(i);
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
        next.set(tasks);
      }
    }

    /** Tensors must not be touched after a call has returned, so an interrupt has to wait. */
    private static void awaitUninterruptibly(CountDownLatch done) {
      boolean interrupted = false;
      while (true) {
        try {
          done.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
