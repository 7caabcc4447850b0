package dev.carousel.train;

import java.util.Map;

/** Measures the model as it is now, on data that it is not trained on. */
@FunctionalInterface
public interface Evaluator {
  /** Metrics by name, such as {@code loss} or {@code accuracy}. Must not change the model. */
  Map<String, Double> evaluate();
}
