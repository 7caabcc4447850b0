package dev.carousel.bench.worker;

import java.util.Arrays;

/**
 * Calls made one after another for a fraction of a second.
 *
 * @param calls how many
 * @param medianNanos the median of a pass
 * @param p10Nanos a tenth of the passes took less
 */
public record Burst(int calls, double medianNanos, double p10Nanos) {
  private static final int MOST_CALLS = 1 << 16;

  /**
   * Calls {@code action} until the time is over, at least once.
   *
   * @param passes by which each call's time is divided
   */
  public static Burst of(Exercise.Action action, int passes, long nanos) throws Exception {
    long[] times = new long[MOST_CALLS];
    int n = 0;
    long now = System.nanoTime();
    long end = now + nanos;
    do {
      long before = now;
      action.run();
      now = System.nanoTime();
      times[n++] = now - before;
    } while (now < end && n < MOST_CALLS);
    Arrays.sort(times, 0, n);
    return new Burst(n, times[n / 2] / (double) passes, times[n / 10] / (double) passes);
  }

  /** As it is said to the benchmark. */
  String text() {
    return calls + " " + medianNanos + " " + p10Nanos;
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Burst parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("'" + text + "' is no burst");
    }
    return new Burst(
        Integer.parseInt(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }
}
