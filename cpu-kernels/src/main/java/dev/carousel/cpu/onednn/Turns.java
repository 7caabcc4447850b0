package dev.carousel.cpu.onednn;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntConsumer;

/** How the directions of a layer, which do not depend on each other, take their turns. */
enum Turns {
  /** One after the other, each on all threads. */
  ONE_BY_ONE {
    @Override
    void run(Engine engine, int directions, IntConsumer direction) {
      for (int d = 0; d < directions; d++) {
        direction.accept(d);
      }
    }
  },
  /** Both at once, each on half the threads. */
  TOGETHER {
    @Override
    void run(Engine engine, int directions, IntConsumer direction) {
      // if the pool is busy, joining runs the task here: many callers cannot wait for each other
      ForkJoinTask<?> second =
          ForkJoinPool.commonPool()
              .submit(
                  () -> {
                    engine.enter();
                    direction.accept(1);
                  });
      try {
        direction.accept(0);
      } finally {
        second.join();
      }
    }
  };

  /**
   * Runs every direction of a layer, and returns when all are done.
   *
   * @param engine what other threads than this one have to enter
   */
  abstract void run(Engine engine, int directions, IntConsumer direction);
}
