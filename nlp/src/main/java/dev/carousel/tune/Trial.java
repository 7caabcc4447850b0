package dev.carousel.tune;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A point of a search space.
 *
 * @param number from 1, in the order in which they were drawn
 * @param values by setting
 */
public record Trial(int number, SortedMap<String, String> values) {
  /** Copies. */
  public Trial {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The values as flags: {@code --hidden=64 --lr=0.003}. */
  public List<String> flags() {
    return values.entrySet().stream().map(Trial::flag).toList();
  }

  private static String flag(Map.Entry<String, String> value) {
    return "--" + value.getKey() + "=" + value.getValue();
  }
}
