package dev.carousel.tune;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One of several values, each as probable as any other.
 *
 * @param name of the setting
 * @param values two or more, none twice
 */
public record Choice(String name, List<String> values) implements Dimension {
  /** Copies and checks. */
  public Choice {
    values = List.copyOf(values);
    if (values.size() < 2) {
      throw new IllegalArgumentException(
          "one value " + values + " is no choice: give it to the training itself");
    }
    if (values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException("a value stands twice in " + values);
    }
    if (values.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a value is empty in " + values);
    }
  }

  @Override
  public String draw(SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }

  @Override
  public List<String> probes() {
    return values;
  }
}
