package dev.carousel.train;

/**
 * How the learning rate changes during training.
 *
 * <p>A schedule is an immutable definition: the rate is a function of the {@link Moment} and, for
 * {@link ReduceOnPlateau}, of a {@link State} that the trainer keeps and writes into its
 * checkpoints. So a resumed run gets the very rates of an uninterrupted one. Formulas are PyTorch's
 * ({@code torch.optim.lr_scheduler}), with t the number of units done, from 0 on.
 */
public sealed interface Schedule
    permits ConstantRate,
        RateByEpoch,
        StepDecay,
        ExponentialDecay,
        DelayedDecay,
        CosineDecay,
        CosineRestarts,
        ReduceOnPlateau,
        SlantedTriangle,
        WarmUp {

  /** The learning rate of the optimizer step that comes next, at {@code now}. */
  double rate(Moment now, State state);

  /** The state before training. */
  default State start() {
    return State.NONE;
  }

  /** The state after an evaluation on the development set gave {@code metric}. */
  default State observe(State state, double metric) {
    return state;
  }

  /** What a schedule counts. */
  enum Unit {
    /** Optimizer steps. */
    STEP,
    /** Epochs; the rate changes between epochs only. */
    EPOCH
  }

  /**
   * A moment of a run.
   *
   * @param step optimizer steps done since the run began
   * @param epoch epochs done since then
   * @param part of the running epoch that is done, 0 to below 1
   */
  record Moment(long step, int epoch, double part) {
    /** Refuses what is out of range. */
    public Moment {
      if (step < 0 || epoch < 0 || !(part >= 0 && part < 1)) {
        throw new IllegalArgumentException(
            "no moment of a run: step " + step + ", epoch " + epoch + ", part " + part);
      }
    }

    /** The beginning of an epoch. */
    public Moment(long step, int epoch) {
      this(step, epoch, 0);
    }

    /** How many units are done. */
    public long in(Unit unit) {
      return unit == Unit.STEP ? step : epoch;
    }
  }

  /**
   * What a schedule remembers of the evaluations. Only {@link ReduceOnPlateau} uses it; for others
   * it is {@link #NONE}.
   *
   * @param rate current learning rate
   * @param best best metric so far; infinite before the first evaluation
   * @param bad evaluations in a row without improvement
   * @param cooldown evaluations for which {@code bad} is not counted
   */
  record State(double rate, double best, int bad, int cooldown) {
    /** The state of a schedule that has none. */
    public static final State NONE = new State(0, 0, 0, 0);
  }
}
