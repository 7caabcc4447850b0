package dev.carousel.train;

/**
 * Ends training when a metric has not improved for {@code patience} evaluations in a row.
 *
 * <p>Immutable; what must survive a restart is in {@link State}.
 *
 * @param patience how many evaluations without improvement end the training, at least 1
 * @param minDelta how much better counts as an improvement, in the metric's unit, not negative
 * @param goal which way the metric gets better
 */
public record EarlyStopping(int patience, double minDelta, Goal goal) {

  /**
   * What has been seen.
   *
   * @param best metric of the best evaluation; infinite before the first
   * @param sinceBest evaluations since then; 0 right after an improvement
   */
  public record State(double best, int sinceBest) {}

  /** Refuses a patience below 1 and a negative delta. */
  public EarlyStopping {
    if (patience < 1 || !(minDelta >= 0)) {
      throw new IllegalArgumentException(
          "early stopping needs patience ≥ 1 and minDelta ≥ 0, got %d and %s"
              .formatted(patience, minDelta));
    }
  }

  /** The state before the first evaluation. */
  public State start() {
    return new State(goal.worst(), 0);
  }

  /** The state after one more evaluation. A NaN counts as no improvement. */
  public State observe(State state, double metric) {
    return goal.improves(metric, state.best(), minDelta)
        ? new State(metric, 0)
        : new State(state.best(), state.sinceBest() + 1);
  }

  /** Whether it is time to stop. */
  public boolean shouldStop(State state) {
    return state.sinceBest() >= patience;
  }
}
