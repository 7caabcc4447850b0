package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.Memory;
import dev.carousel.spi.OptimizerKernels;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Applies an {@link UpdateRule} to a set of parameters and holds what the rule remembers, one flat
 * buffer each, in the backend's memory. Before the update all gradients are scaled down together if
 * their global L2 norm is too large (Pascanu et al. 2013). A gradient whose norm is not finite
 * changes nothing. The creator closes it.
 */
public final class Optimizer implements AutoCloseable {
  private final ParameterSet parameters;
  private final UpdateRule rule;
  private final List<Storage> buffers = new ArrayList<>();
  private final Storage scalars;

  /**
   * Everything that a resumed optimizer needs, in host memory.
   *
   * @param buffers those of {@link UpdateRule#buffers}, in that order, each as large as the
   *     parameters
   * @param scalars laid out by {@link OptimizerScalars}
   */
  @SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
  public record State(List<float[]> buffers, double[] scalars) {}

  /**
   * An optimizer at step 0.
   *
   * @param maxNorm the largest global norm that passes unclipped; infinity for no clipping
   */
  public Optimizer(ParameterSet parameters, UpdateRule rule, double maxNorm) {
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("the clipping norm must be above 0, not " + maxNorm);
    }
    this.parameters = parameters;
    this.rule = rule;
    Memory memory = parameters.backend().memory();
    for (int i = 0; i < rule.buffers().size(); i++) {
      buffers.add(memory.allocate(DType.F32, parameters.values().size()));
    }
    this.scalars = memory.allocate(DType.F64, OptimizerScalars.SIZE);
    upload(OptimizerScalars.MAX_NORM, maxNorm);
  }

  /**
   * Changes the parameters by their gradients and packs them anew. Does not wait for the device and
   * leaves the gradients as they are.
   */
  public void step(double learningRate) {
    upload(OptimizerScalars.LEARNING_RATE, learningRate);
    OptimizerKernels kernels = parameters.backend().optimizer();
    Tensor s = Tensor.of(scalars);
    kernels.globalNorm(parameters.gradients(), s);
    kernels.advance(s);
    rule.update(
        kernels,
        parameters.values(),
        parameters.gradients(),
        buffers.stream().map(Tensor::of).toList(),
        s);
    parameters.refresh();
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
    double[] s = downloadScalars();
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
    return new State(copies, downloadScalars());
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
    memory().upload(state.scalars(), 0, Tensor.of(scalars));
  }

  private void check(State state) {
    long size = parameters.values().size();
    int[] found = state.buffers().stream().mapToInt(b -> b.length).toArray();
    if (found.length != buffers.size() || Arrays.stream(found).anyMatch(n -> n != size)) {
      throw new IllegalArgumentException(
          "%s needs %s of %d values each, not buffers of %s values"
              .formatted(rule, rule.buffers(), size, Arrays.toString(found)));
    }
    if (state.scalars().length != OptimizerScalars.SIZE) {
      throw new IllegalArgumentException(
          "an optimizer has %d scalars, not %d"
              .formatted(OptimizerScalars.SIZE, state.scalars().length));
    }
  }

  private double[] downloadScalars() {
    double[] copy = new double[OptimizerScalars.SIZE];
    memory().download(Tensor.of(scalars), copy, 0);
    return copy;
  }

  private void upload(int scalar, double value) {
    parameters
        .backend()
        .memory()
        .upload(new double[] {value}, 0, Tensor.of(scalars).slice(scalar, Shape.of(1)));
  }

  private Memory memory() {
    return parameters.backend().memory();
  }

  @Override
  public void close() {
    buffers.forEach(Storage::close);
    scalars.close();
  }
}
