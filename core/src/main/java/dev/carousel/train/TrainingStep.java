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
  private final Passes<B> passes;
  private Recordable update;
  private int freezes;

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
    this.passes = Passes.of(task, tape, meter);
    this.update = new Recordable(backend.capture(), optimizer::launch);
    this.freezes = parameters.freezes();
  }

  /** Adds up the gradients of these batches; each counts by its rows: one large batch together. */
  void accumulate(List<B> batches) {
    forgetIfFreezingChanged();
    double rows = batches.stream().mapToDouble(task::rows).sum();
    parameters.zeroGradients();
    for (B batch : batches) {
      passes.run(batch, rows == 0 ? 0 : task.rows(batch) / rows);
      meter.count(task.tokens(batch));
    }
  }

  /** Changes the parameters by what was accumulated. */
  void update(double learningRate) {
    optimizer.learningRate(learningRate);
    update.run();
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
    return new RunState(
        parameters.download(),
        optimizer.state(),
        meter.state(),
        tape.noiseStep(),
        progress,
        frozen,
        batchesOfEpoch,
        bestValues);
  }

  void restore(RunState state) {
    parameters.upload(state.values());
    optimizer.restore(state.optimizer());
    meter.restore(state.loss());
    tape.noise(seed, state.noiseStep());
  }

  @Override
  public void close() {
    update.close();
    passes.close();
    meter.close();
    optimizer.close();
    tape.close();
    plans.close();
  }
}
