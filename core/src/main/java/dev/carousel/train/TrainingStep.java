package dev.carousel.train;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Tape;
import dev.carousel.spi.Backend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer step: forward and backward of each of its batches, then one update. What is
 * launched is recorded and replayed; only batches and learning rate are uploaded each time. Nothing
 * here waits for the device.
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
  private final Passes<B> passes;
  private Recordable update;
  private int freezes;
  private double rateFactor = 1;

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
    this.optimizer =
        new Optimizer(parameters, settings.rule(), settings.clipping(), settings.groups());
    this.meter = new LossMeter(backend);
    this.average = ParameterAverage.of(parameters, settings);
    this.passes = Passes.of(task, tape, meter);
    this.update = new Recordable(backend.capture(), optimizer::launch);
    this.freezes = parameters.freezes();
  }

  /** Adds up the gradients of these batches; each counts by its rows: one large batch together. */
  void accumulate(List<B> batches) {
    forgetIfFreezingChanged();
    double rows = batches.stream().mapToDouble(task::rows).sum();
    rateFactor = batches.stream().mapToDouble(task::rateFactor).average().orElse(1);
    parameters.zeroGradients();
    for (B batch : batches) {
      CarriedState carried = task.carried();
      if (carried != null && task.startsAnew(batch)) {
        carried.reset();
      }
      passes.run(batch, rows == 0 ? 0 : task.rows(batch) / rows);
      meter.count(task.tokens(batch));
    }
  }

  /** Changes the parameters by what was accumulated. */
  void update(double learningRate) {
    optimizer.learningRate(learningRate * rateFactor);
    update.run();
    if (average != null) {
      average.stepped();
    }
  }

  /** L2 norm of the gradient of each parameter that is not frozen; waits for the device. */
  Map<String, Double> gradientNorms() {
    float[] all = new float[Math.toIntExact(parameters.values().size())];
    parameters.backend().memory().download(parameters.gradients(), all, 0);
    Map<String, Double> norms = new LinkedHashMap<>();
    for (Parameter p : parameters.parameters()) {
      if (!p.frozen()) {
        norms.put(p.name(), norm(all, p.offset(), p.shape().size()));
      }
    }
    return norms;
  }

  private static double norm(float[] all, long offset, long size) {
    double sum = 0;
    for (int i = (int) offset; i < offset + size; i++) {
      sum += (double) all[i] * all[i];
    }
    return Math.sqrt(sum);
  }

  private void forgetIfFreezingChanged() {
    if (freezes != parameters.freezes()) {
      freezes = parameters.freezes();
      passes.clear();
      update.close();
      update = new Recordable(parameters.backend().capture(), optimizer::launch);
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
  RunState state(
      Progress progress, List<String> frozen, int batchesOfEpoch, float @Nullable [] bestValues) {
    CarriedState carried = task.carried();
    return new RunState(
        parameters.download(),
        optimizer.state(),
        meter.state(),
        tape.noiseStep(),
        progress,
        frozen,
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
    update.close();
    passes.close();
    if (average != null) {
      average.close();
    }
    meter.close();
    optimizer.close();
    tape.close();
    plans.close();
  }
}
