package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.Memory;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.OptimizerGroup.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Applies an {@link UpdateRule} to a set of parameters and holds what the rule remembers, one flat
 * buffer each, in the backend's memory. Gradients are {@link Clipping clipped} before. A gradient
 * whose norm is not finite changes nothing, and nothing changes a frozen parameter. The creator
 * closes it.
 */
public final class Optimizer implements AutoCloseable {
  private final ParameterSet parameters;
  private final UpdateRule rule;
  private final Clipping clipping;
  private final List<Storage> buffers = new ArrayList<>();
  private final List<OptimizerGroup> groups;

  /**
   * Everything that a resumed optimizer needs, in host memory.
   *
   * @param buffers those of {@link UpdateRule#buffers}, in that order, each as large as the
   *     parameters
   * @param scalars laid out by {@link OptimizerScalars}, of one layer group after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
  public record State(List<float[]> buffers, double[] scalars) {}

  /**
   * An optimizer at step 0.
   *
   * @param maxNorm the largest global norm that passes unclipped; infinity for no clipping
   */
  public Optimizer(ParameterSet parameters, UpdateRule rule, double maxNorm) {
    this(parameters, rule, Clipping.norm(maxNorm), LayerGroups.ALL_ALIKE);
  }

  /**
   * An optimizer at step 0 whose groups learn at paces of their own. It follows {@link
   * ParameterSet#freeze}; when a group starts to learn is the business of the {@link Trainer}.
   *
   * @throws IllegalArgumentException if the groups do not fit the parameters
   */
  public Optimizer(
      ParameterSet parameters, UpdateRule rule, Clipping clipping, LayerGroups layerGroups) {
    this.parameters = parameters;
    this.rule = rule;
    this.clipping = clipping;
    this.groups = OptimizerGroup.of(parameters, layerGroups);
    for (int i = 0; i < rule.buffers().size(); i++) {
      buffers.add(memory().allocate(DType.F32, parameters.values().size()));
    }
    groups.forEach(g -> g.write(OptimizerScalars.MAX_NORM, clipping.norm()));
  }

  /**
   * Changes the parameters by their gradients and packs them anew. Does not wait for the device and
   * leaves the gradients as they are, but for values that are clipped.
   */
  public void step(double learningRate) {
    learningRate(learningRate);
    launch();
  }

  /** The part of a step that is uploaded. */
  void learningRate(double rate) {
    groups.forEach(g -> g.learningRate(rate));
  }

  /** The part of a step that can be recorded, as long as the same parameters are frozen. */
  void launch() {
    OptimizerKernels kernels = parameters.backend().optimizer();
    OptimizerGroup first = groups.get(0);
    Tensor gradients = trained().of(parameters.gradients());
    if (clipping.limitsValues()) {
      parameters.backend().elementwise().clamp(gradients, clipping.value());
    }
    kernels.globalNorm(gradients, first.scalars());
    for (OptimizerGroup g : groups) {
      if (g != first) {
        g.copyNorm(first);
      }
      update(kernels, g);
    }
    parameters.refreshTrained();
  }

  /** From the first trained parameter to the last; the gradients of frozen ones between are 0. */
  private Run trained() {
    List<Run> runs = groups.stream().flatMap(g -> g.runs().stream()).toList();
    if (runs.isEmpty()) {
      throw new IllegalStateException("every parameter is frozen: there is nothing to update");
    }
    return new Run(
        runs.stream().mapToLong(Run::from).min().getAsLong(),
        runs.stream().mapToLong(Run::to).max().getAsLong());
  }

  private void update(OptimizerKernels kernels, OptimizerGroup group) {
    List<Run> runs = group.runs();
    if (runs.isEmpty()) {
      return;
    }
    kernels.advance(group.scalars());
    for (Run run : runs) {
      rule.update(
          kernels,
          run.of(parameters.values()),
          run.of(parameters.gradients()),
          buffers.stream().map(b -> run.of(Tensor.of(b))).toList(),
          group.scalars());
    }
  }

  /**
   * What the host reads now and then.
   *
   * @param norm the global norm of the last step's gradients, before clipping
   * @param skipped steps so far whose norm was not finite, so that they changed nothing
   */
  public record Reading(double norm, long skipped) {}

  /** Reads the norm and the skipped steps; waits for the device. */
  public Reading read() {
    double[] s = downloadScalars(groups.get(0));
    return new Reading(s[OptimizerScalars.NORM], (long) s[OptimizerScalars.SKIPPED]);
  }

  /** A copy of what a resumed optimizer needs; waits for the device. */
  public State state() {
    List<float[]> copies = new ArrayList<>();
    for (Storage buffer : buffers) {
      float[] copy = new float[Math.toIntExact(buffer.size())];
      memory().download(Tensor.of(buffer), copy, 0);
      copies.add(copy);
    }
    double[] scalars =
        groups.stream().flatMapToDouble(g -> Arrays.stream(downloadScalars(g))).toArray();
    return new State(copies, scalars);
  }

  /**
   * Goes back to a state.
   *
   * @throws IllegalArgumentException if it is of another rule or of another number of parameters
   */
  public void restore(State state) {
    check(state);
    for (int i = 0; i < buffers.size(); i++) {
      memory().upload(state.buffers().get(i), 0, Tensor.of(buffers.get(i)));
    }
    for (int g = 0; g < groups.size(); g++) {
      int at = g * OptimizerScalars.SIZE;
      memory().upload(state.scalars(), at, groups.get(g).scalars());
    }
  }

  private void check(State state) {
    long size = parameters.values().size();
    int[] found = state.buffers().stream().mapToInt(b -> b.length).toArray();
    if (found.length != buffers.size() || Arrays.stream(found).anyMatch(n -> n != size)) {
      throw new IllegalArgumentException(
          "%s needs %s of %d values each, not buffers of %s values"
              .formatted(rule, rule.buffers(), size, Arrays.toString(found)));
    }
    int expected = groups.size() * OptimizerScalars.SIZE;
    if (state.scalars().length != expected) {
      throw new IllegalArgumentException(
          "an optimizer of %d layer groups has %d scalars, not %d"
              .formatted(groups.size(), expected, state.scalars().length));
    }
  }

  private double[] downloadScalars(OptimizerGroup group) {
    double[] copy = new double[OptimizerScalars.SIZE];
    memory().download(group.scalars(), copy, 0);
    return copy;
  }

  private Memory memory() {
    return parameters.backend().memory();
  }

  @Override
  public void close() {
    buffers.forEach(Storage::close);
    groups.forEach(OptimizerGroup::close);
  }
}
