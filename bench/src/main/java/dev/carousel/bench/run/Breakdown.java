package dev.carousel.bench.run;

import dev.carousel.bench.row.Row;
import dev.carousel.rnn.Precision;
import java.util.Map;

/**
 * Where the time of one of our rows goes. Each figure is a measurement of its own; the rest is what
 * they leave of the whole. Microseconds.
 *
 * @param row which
 * @param threads with how many
 * @param precision in which arithmetic
 * @param whole the row itself
 * @param limit its products alone, packed, or for one sequence the plain reads of its weights; NaN
 *     without a limit
 * @param parts what the adapter can time by itself: the gates' arithmetic, copies between Java
 *     arrays and tensors, packing of weights, the optimizer
 * @param fixed the same call with one row of 8 units: Java, JNI, and what each step costs whatever
 *     its size; NaN where such a call is not smaller
 */
public record Breakdown(
    Row row,
    int threads,
    Precision precision,
    double whole,
    double limit,
    Map<String, Double> parts,
    double fixed) {
  private static final int TINY = 8;

  /** The row whose time is the fixed cost of this one. */
  static Row tiny(Row row) {
    return new Row(row.cell(), row.task(), 1, row.steps(), TINY, row.layers(), row.direction());
  }

  /**
   * What is left: memory traffic between steps, and what the products lose in their company. NaN
   * unless limit and fixed cost are known. Less than nothing if the row is quicker than its limit,
   * as with weights that stay in a cache from step to step.
   */
  public double rest() {
    double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    return whole - limit - fixed - sum;
  }
}
