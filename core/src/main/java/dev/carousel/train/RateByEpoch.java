package dev.carousel.train;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table from epoch to learning rate, e.g. {@code {0: 0.1, 10: 0.01}}: each rate holds from its
 * epoch until the next one in the table.
 *
 * @param rates learning rate by epoch, counted from 0; must tell epoch 0
 */
public record RateByEpoch(SortedMap<Integer, Double> rates) implements Schedule {

  /** Builds the table from any map. */
  public RateByEpoch(Map<Integer, Double> rates) {
    this(new TreeMap<>(rates));
  }

  /** Copies the table; refuses one without epoch 0, a negative epoch, or a bad rate. */
  public RateByEpoch {
    rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
    if (rates.isEmpty() || rates.firstKey() != 0) {
      throw new IllegalArgumentException("the first epoch of the table must be 0, got " + rates);
    }
    rates.forEach((epoch, rate) -> Rates.requirePositive("rate of epoch " + epoch, rate));
  }

  @Override
  public double rate(Moment now, State state) {
    double rate = 0;
    for (Map.Entry<Integer, Double> entry : rates.headMap(now.epoch() + 1).entrySet()) {
      rate = entry.getValue();
    }
    return rate;
  }
}
