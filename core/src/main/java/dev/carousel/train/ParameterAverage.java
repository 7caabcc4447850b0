package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.Backend;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running sum of {@link AveragedSgd}, in the backend's memory, and what decides when it begins.
 */
final class ParameterAverage implements AutoCloseable {
  private final ParameterSet parameters;
  private final int interval;
  private final Goal goal;
  private final List<Double> metrics = new ArrayList<>();
  private final Storage sum;
  private final Storage aside;
  private long count;

  /**
   * What a resumed average needs.
   *
   * @param sum of the parameters
   * @param count of the parameters in it; 0 before averaging begins
   * @param metrics of the evaluations before averaging began
   */
  @SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
  record State(float[] sum, long count, double[] metrics) {}

  ParameterAverage(ParameterSet parameters, AveragedSgd rule, Goal goal) {
    this.parameters = parameters;
    this.interval = rule.interval();
    this.goal = goal;
    long size = parameters.values().size();
    this.sum = backend().memory().allocate(DType.F32, size);
    this.aside = backend().memory().allocate(DType.F32, size);
  }

  /** An average if the settings ask for one, otherwise null. */
  static @Nullable ParameterAverage of(ParameterSet parameters, TrainingSettings settings) {
    Selection selection = settings.selection();
    return settings.rule() instanceof AveragedSgd rule && selection != null
        ? new ParameterAverage(parameters, rule, selection.rule().goal())
        : null;
  }

  private Backend backend() {
    return parameters.backend();
  }

  /** Takes in the parameters after an optimizer step, if averaging has begun. */
  void stepped() {
    if (count > 0) {
      add();
    }
  }

  private void add() {
    backend().elementwise().addScaled(1, parameters.values(), Tensor.of(sum));
    count++;
  }

  /** Hears of an evaluation; may begin to average. */
  void observe(double metric) {
    if (count > 0) {
      return;
    }
    int old = metrics.size() - interval;
    boolean stalled = old > 0 && metrics.subList(0, old).stream().anyMatch(m -> better(m, metric));
    metrics.add(metric);
    if (stalled) {
      add();
    }
  }

  private boolean better(double than, double metric) {
    return goal.improves(than, metric, 0);
  }

  /** Puts the mean in the parameters' place, if averaging has begun. */
  void swapIn() {
    if (count == 0) {
      return;
    }
    Tensor values = parameters.values();
    backend().memory().copy(values, Tensor.of(aside));
    backend().memory().fill(values, 0);
    backend().elementwise().addScaled(1.0 / count, Tensor.of(sum), values);
    parameters.refresh();
  }

  /** Puts the parameters back. */
  void swapOut() {
    if (count > 0) {
      backend().memory().copy(Tensor.of(aside), parameters.values());
      parameters.refresh();
    }
  }

  /** A copy of what a resumed average needs; waits for the device. */
  State state() {
    float[] copy = new float[count == 0 ? 0 : Math.toIntExact(sum.size())];
    if (count > 0) {
      backend().memory().download(Tensor.of(sum), copy, 0);
    }
    return new State(copy, count, metrics.stream().mapToDouble(m -> m).toArray());
  }

  void restore(State state) {
    count = state.count();
    metrics.clear();
    for (double m : state.metrics()) {
      metrics.add(m);
    }
    if (count > 0) {
      backend().memory().upload(state.sum(), 0, Tensor.of(sum));
    }
  }

  @Override
  public void close() {
    sum.close();
    aside.close();
  }
}
