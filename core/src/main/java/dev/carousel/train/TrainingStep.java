package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Tape;
import dev.carousel.spi.Backend;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer step: forward and backward of each of its batches, then one update. Nothing here
 * waits for the device.
 */
final class TrainingStep<B> implements AutoCloseable {
  private final ParameterSet parameters;
  private final TrainingTask<B> task;
  private final long seed;
  private final Plans plans;
  private final Tape tape;
  private final Optimizer optimizer;
  private final LossMeter meter;
  private final @Nullable ParameterAverage average;

  TrainingStep(
      ParameterSet parameters,
      TrainingTask<B> task,
      TrainingSettings settings,
      Housekeeping housekeeping) {
    this.parameters = parameters;
    this.task = task;
    this.seed = settings.seed();
    Backend backend = parameters.backend();
    this.plans = new Plans(backend.rnn(), Plans.DEFAULT_CAPACITY);
    this.tape = new Tape(backend, plans, housekeeping.arenaBytes(), settings.seed());
    this.optimizer = new Optimizer(parameters, settings.rule(), settings.clipNorm());
    this.meter = new LossMeter(backend);
    this.average = ParameterAverage.of(parameters, settings);
  }

  /** Trains on these batches; each counts by its rows, so together they are one large batch. */
  void run(List<B> batches, double learningRate) {
    double rows = batches.stream().mapToDouble(task::rows).sum();
    parameters.zeroGradients();
    for (B batch : batches) {
      tape.begin();
      double share = rows == 0 ? 0 : task.rows(batch) / rows;
      Tensor loss = task.loss(tape, batch, share);
      tape.backward();
      meter.add(loss, task.tokens(batch));
    }
    double factor = batches.stream().mapToDouble(task::rateFactor).average().orElse(1);
    optimizer.step(learningRate * factor);
    if (average != null) {
      average.stepped();
    }
  }

  /** The mean of the parameters that is kept beside them; null if there is none. */
  @Nullable ParameterAverage average() {
    return average;
  }

  ParameterSet parameters() {
    return parameters;
  }

  LossMeter meter() {
    return meter;
  }

  /** The norm of the last step and the skipped steps; waits for the device. */
  Optimizer.Reading gradients() {
    return optimizer.read();
  }

  /** All that a resumed run needs; waits for the device. */
  RunState state(Progress progress, int batchesOfEpoch, float @Nullable [] bestValues) {
    CarriedState carried = task.carried();
    return new RunState(
        parameters.download(),
        optimizer.state(),
        meter.state(),
        tape.noiseStep(),
        progress,
        batchesOfEpoch,
        bestValues,
        carried == null ? null : carried.download(),
        average == null ? null : average.state());
  }

  void restore(RunState state) {
    parameters.upload(state.values());
    optimizer.restore(state.optimizer());
    meter.restore(state.loss());
    tape.noise(seed, state.noiseStep());
    CarriedState carried = task.carried();
    if (carried != null) {
      carried.upload(state.carried());
    }
    if (average != null && state.average() != null) {
      average.restore(state.average());
    }
  }

  @Override
  public void close() {
    if (average != null) {
      average.close();
    }
    meter.close();
    optimizer.close();
    tape.close();
    plans.close();
  }
}
