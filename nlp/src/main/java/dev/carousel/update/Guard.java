package dev.carousel.update;

import java.util.List;

/**
 * What an update must not make the model forget.
 *
 * @param examples that are never learned from, at least one
 * @param tolerance by how much the score on them may fall, 0 or more
 * @param <X> an example
 */
public record Guard<X>(List<X> examples, double tolerance) {
  /** Copies and checks. */
  public Guard {
    examples = List.copyOf(examples);
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("there is no example to guard by");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("the score may fall by 0 or more, not by " + tolerance);
    }
  }
}
