package dev.carousel.eval;

import java.util.Map;

/** How well a model does on a data set, whatever its task. */
public interface Measurement {
  /**
   * The figures under the names that {@code --json} gives them, in the order in which they are to
   * be read; accuracy and F1 as fractions of 1.
   */
  Map<String, Number> figures();

  /**
   * What {@code --json} tells beside the figures, such as how they were computed; often nothing.
   */
  default Map<String, String> notes() {
    return Map.of();
  }

  /** The figures in one line, for people. */
  String summary();

  /** Tokens that were read. */
  long tokens();

  /** Seconds that it took. */
  double seconds();

  /** Tokens a second; 0 if no time passed. */
  default double tokensPerSecond() {
    return seconds() > 0 ? tokens() / seconds() : 0;
  }
}
