package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.ElementwiseKernels;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.List;

/**
 * Training without an end that anyone knows: a step for what has come in, whenever it has. There
 * are no epochs, no evaluation and no checkpoint; who needs them uses a {@link Trainer}.
 *
 * <p>What was learned before is held by L2-SP (Li, Grandvalet and Davoine 2018): with θ₀ the
 * parameters at the beginning, {@code hold / 2 · |θ − θ₀|²} is added to what is minimised. It needs
 * nothing but θ₀, where elastic weight consolidation needs the old data for its Fisher information.
 * The caller closes it before the parameters; it is not thread safe.
 */
public final class OnlineTraining<B> implements AutoCloseable {
  private final ParameterSet parameters;
  private final double hold;
  private final Schedule schedule;
  private final Thawing thawing;
  private final TrainingStep<B> step;
  private final Storage before;
  private final Storage way;
  private long steps;

  /**
   * Begins at the present values of the parameters.
   *
   * @param settings rule, schedule, clipping, seed of the dropout and layer groups, of which those
   *     that do not learn from the beginning never do; the rest is for a {@link Trainer}
   * @param hold weight of the penalty, 0 or more
   */
  public OnlineTraining(
      ParameterSet parameters, TrainingTask<B> task, TrainingSettings settings, double hold) {
    if (!(hold >= 0) || Double.isInfinite(hold)) {
      throw new IllegalArgumentException(
          "what holds the parameters must weigh 0 or more, not " + hold);
    }
    if (settings.rule() instanceof AveragedSgd) {
      throw new IllegalArgumentException(
          settings.rule() + " averages once a metric stalls, and here nothing is measured");
    }
    if (!settings.schedule().start().equals(Schedule.State.NONE)) {
      throw new IllegalArgumentException(
          settings.schedule() + " follows a metric, and here nothing is measured");
    }
    this.parameters = parameters;
    this.hold = hold;
    this.schedule = settings.schedule();
    Memory memory = parameters.backend().memory();
    long held = hold == 0 ? 1 : parameters.values().size();
    this.before = memory.allocate(DType.F32, held);
    this.way = memory.allocate(DType.F32, held);
    if (hold > 0) {
      memory.copy(parameters.values(), Tensor.of(before));
    }
    this.thawing = new Thawing(parameters, settings.groups());
    thawing.apply(0);
    this.step = new TrainingStep<>(parameters, task, settings, Housekeeping.DEFAULT);
  }

  /**
   * One optimizer step on these batches, each of which counts by its rows.
   *
   * @return the mean loss, without the penalty; waits for the device
   * @throws TrainingDivergedException if loss or gradient are not finite; a step whose gradient is
   *     not changes nothing, and there can be no further one
   */
  public double step(List<B> batches) {
    double rate = schedule.rate(new Schedule.Moment(steps, 0), schedule.start());
    step.accumulate(batches);
    if (hold > 0) {
      addPull();
    }
    step.update(rate);
    double loss = step.meter().read().loss();
    Optimizer.Reading gradients = step.gradients();
    if (!Double.isFinite(loss) || gradients.skipped() > 0) {
      TrainingEvent.Position at = new TrainingEvent.Position(0, 1, 0, 0, steps);
      throw new TrainingDivergedException(at, loss, gradients, rate);
    }
    steps++;
    return loss;
  }

  /** The way first, so that at the beginning it is 0 to the bit. */
  private void addPull() {
    ElementwiseKernels elementwise = parameters.backend().elementwise();
    parameters.backend().memory().copy(parameters.values(), Tensor.of(way));
    elementwise.addScaled(-1, Tensor.of(before), Tensor.of(way));
    elementwise.addScaled(hold, Tensor.of(way), parameters.gradients());
  }

  /** Steps done. */
  public long steps() {
    return steps;
  }

  @Override
  public void close() {
    step.close();
    thawing.close();
    before.close();
    way.close();
  }
}
