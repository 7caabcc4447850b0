package dev.carousel.train;

/**
 * Multiplies the rate by {@code factor} when the development metric has not improved for more than
 * {@code patience} evaluations in a row (PyTorch's {@code ReduceLROnPlateau} with a relative
 * threshold). A metric improves on the best so far if it is better by more than {@code threshold ·
 * |best|}. After a reduction, {@code cooldown} evaluations are not counted against it.
 *
 * @param base first learning rate
 * @param factor of each reduction, above 0 and below 1
 * @param patience evaluations without improvement that are put up with, not negative
 * @param minimum below which the rate never falls, between 0 and the base
 * @param goal which way the metric gets better
 * @param threshold relative size of an improvement, from 0 to below 1; PyTorch's default is 1e-4
 * @param cooldown evaluations after a reduction that do not count, not negative
 */
public record ReduceOnPlateau(
    double base,
    double factor,
    int patience,
    double minimum,
    Goal goal,
    double threshold,
    int cooldown)
    implements Schedule {

  /** Refuses numbers out of range. */
  public ReduceOnPlateau {
    Rates.requirePositive("base", base);
    Rates.requireFraction("factor", factor);
    Rates.requireMinimum(minimum, base);
    if (factor == 1 || patience < 0 || cooldown < 0 || !(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "a plateau needs factor < 1, patience ≥ 0, cooldown ≥ 0 and 0 ≤ threshold < 1, got "
              + "%s, %d, %d, %s".formatted(factor, patience, cooldown, threshold));
    }
  }

  /** With PyTorch's defaults: threshold 1e-4, no cooldown. */
  public ReduceOnPlateau(double base, double factor, int patience, double minimum, Goal goal) {
    this(base, factor, patience, minimum, goal, 1e-4, 0);
  }

  @Override
  public double rate(Moment now, State state) {
    return state.rate();
  }

  @Override
  public State start() {
    return new State(base, goal.worst(), 0, 0);
  }

  @Override
  public State observe(State state, double metric) {
    double margin = Double.isInfinite(state.best()) ? 0 : threshold * Math.abs(state.best());
    boolean better = goal.improves(metric, state.best(), margin);
    double best = better ? metric : state.best();
    if (state.cooldown() > 0) {
      return new State(state.rate(), best, 0, state.cooldown() - 1);
    }
    int bad = better ? 0 : state.bad() + 1;
    return bad > patience
        ? new State(Math.max(state.rate() * factor, minimum), best, 0, cooldown)
        : new State(state.rate(), best, bad, 0);
  }
}
