package dev.carousel.cuda;

import dev.carousel.spi.BackendException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which implementation runs a network fastest: measured once for each shape, and remembered on disk
 * by device, version of cuDNN and shape, so that the same shape gets the same bits in every
 * process.
 */
final class Tuner {
  private final Gpu gpu;
  private final ChoiceCache cache;
  private final Stopwatch stopwatch;

  /** Measures one implementation. */
  interface Stopwatch {
    /**
     * Milliseconds of one run.
     *
     * @throws LibraryException if cuDNN does not support it
     */
    double millis(RunShape shape, Choice choice);
  }

  Tuner(Gpu gpu, ChoiceCache cache, Stopwatch stopwatch) {
    this.gpu = gpu;
    this.cache = cache;
    this.stopwatch = stopwatch;
  }

  /**
   * The choice for a shape.
   *
   * @throws BackendException if no implementation runs it, with each one's reason
   */
  Choice choose(RunShape shape) {
    return cache.get(key(shape), () -> measure(shape));
  }

  private String key(RunShape shape) {
    return "%s|cuDNN %s|%s T=%d N=%d %s"
        .formatted(
            gpu.facts(),
            gpu.dnn().version(),
            shape.spec(),
            shape.steps(),
            shape.batch(),
            shape.pass());
  }

  private Choice measure(RunShape shape) {
    Map<Choice, String> refused = new LinkedHashMap<>();
    Choice best = Choice.STANDARD;
    double least = Double.POSITIVE_INFINITY;
    for (Choice choice : Choice.all()) {
      try {
        double millis = stopwatch.millis(shape, choice);
        if (millis < least) {
          least = millis;
          best = choice;
        }
      } catch (LibraryException e) {
        refused.put(choice, e.getMessage());
      }
    }
    if (least == Double.POSITIVE_INFINITY) {
      throw new BackendException("cuDNN runs " + shape + " by no algorithm: " + refused);
    }
    return best;
  }
}
