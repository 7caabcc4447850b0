package dev.carousel.train;

import java.util.Map;

/**
 * Which of the evaluated models is kept, and when to give up hope for a better one.
 *
 * @param metric the name of the metric that decides
 * @param rule when it counts as better, and how long to wait
 */
public record Selection(String metric, EarlyStopping rule) {
  /** Keeps the best model and never stops early. */
  public static Selection best(String metric, Goal goal) {
    return stopping(metric, goal, Integer.MAX_VALUE);
  }

  /** Keeps the best model and stops after {@code patience} evaluations without a better one. */
  public static Selection stopping(String metric, Goal goal, int patience) {
    return new Selection(metric, new EarlyStopping(patience, 0, goal));
  }

  /**
   * The deciding metric.
   *
   * @throws IllegalArgumentException naming the metrics there are, if it is not among them
   */
  double of(Map<String, Double> metrics) {
    Double value = metrics.get(metric);
    if (value == null) {
      throw new IllegalArgumentException(
          "the model is selected by " + metric + ", but the evaluator gave " + metrics.keySet());
    }
    return value;
  }
}
