package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private static final double MUCH = 1e9;

  @Test
  void everyTaskRunsOnceHoweverManyThreadsThereAre() {
    for (int threads = 1; threads <= 4; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int round = 0; round < 2000; round++) {
          AtomicIntegerArray runs = new AtomicIntegerArray(5);
          workers.run(5, MUCH, runs::incrementAndGet);
          assertThat(runs)
              .as("%d threads, round %d", threads, round)
              .hasToString("[1, 1, 1, 1, 1]");
        }
      }
    }
  }

  @Test
  void callersWhoComeTogetherAllFinish() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(7);
      Thread[] callers = new Thread[4];
      for (int c = 0; c < callers.length; c++) {
        callers[c] =
            new Thread(
                () -> {
                  for (int round = 0; round < 500; round++) {
                    workers.run(7, MUCH, runs::incrementAndGet);
                  }
                });
        callers[c].start();
      }
      for (Thread caller : callers) {
        caller.join();
      }
      for (int i = 0; i < 7; i++) {
        assertThat(runs.get(i)).isEqualTo(4 * 500);
      }
    }
  }

  @Test
  void theExceptionOfATaskReachesTheCallerAndTheWorkersLiveOn() {
    try (Workers workers = new Workers(2)) {
      for (int round = 0; round < 100; round++) {
        assertThatIllegalStateException()
            .isThrownBy(
                () ->
                    workers.run(
                        8,
                        MUCH,
                        i -> {
                          if (i == 3) {
                            throw new IllegalStateException("task 3");
                          }
                        }))
            .withMessage("task 3");
        AtomicIntegerArray runs = new AtomicIntegerArray(3);
        workers.run(3, MUCH, runs::incrementAndGet);
        assertThat(runs).hasToString("[1, 1, 1]");
      }
    }
  }
}
