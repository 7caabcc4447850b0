package dev.carousel.inspect;

import dev.carousel.autograd.Observer.Recurred;
import dev.carousel.autograd.RnnParameter;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.inspect.CellSteps.State;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Memory;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one network read and gave in one step: one row, in one call or in several that go on with
 * each other's state, as a decoder's do.
 */
final class RecordedNetwork {
  private final RnnParameter weights;
  private final Memory memory;
  private final List<Recurred> calls = new ArrayList<>();

  RecordedNetwork(RnnParameter weights, Memory memory) {
    this.weights = weights;
    this.memory = memory;
  }

  void add(Recurred call) {
    if (call.lengths().batch() != 1) {
      throw new IllegalArgumentException(
          "%s reads %d rows at once: a look inside takes one text at a time"
              .formatted(weights.name(), call.lengths().batch()));
    }
    boolean goesOn = call.initial() != null && weights.spec().direction() == Direction.FORWARD;
    if (!calls.isEmpty() && !goesOn) {
      throw new IllegalStateException(
          weights.name() + " reads twice in a step: only one reading can be looked at");
    }
    calls.add(call);
  }

  RnnParameter weights() {
    return weights;
  }

  /** What it read, [T, C]. */
  double[][] x() {
    return calls.stream()
        .flatMap(c -> Arrays.stream(rows(c.x().value(), steps(c))))
        .toArray(double[][]::new);
  }

  /** The gradient of what it read, [T, C]; zeros where none arrived. */
  double[][] dx() {
    return gradients(Recurred::x);
  }

  /** What the backend gave, [T, D·stateSize]. */
  double[][] y() {
    return calls.stream()
        .flatMap(c -> Arrays.stream(rows(c.y().value(), steps(c))))
        .toArray(double[][]::new);
  }

  private double[][] gradients(Function<Recurred, Var> of) {
    return calls.stream()
        .flatMap(c -> Arrays.stream(gradient(of.apply(c), steps(c))))
        .toArray(double[][]::new);
  }

  private double[][] gradient(Var v, int steps) {
    Tensor d = v.gradient();
    return d == null ? new double[steps][v.shape().dim(2)] : rows(d, steps);
  }

  private static int steps(Recurred call) {
    return call.lengths().host(0);
  }

  /** Runs it again in double. */
  Unrolled unrolled() {
    return new Unrolled(weights.spec(), flat(weights.values()), x(), initial());
  }

  /** The norms of its states' gradients, after a step was run backwards. */
  List<GradientTrace> gradientTraces() {
    RnnSpec spec = weights.spec();
    double[][] norms = norms();
    List<GradientTrace> traces = new ArrayList<>();
    int directions = spec.direction().count();
    for (int lane = 0; lane < norms.length; lane++) {
      traces.add(
          new GradientTrace(
              weights.name(),
              weights.firstLayer() + lane / directions,
              Reading.of(lane % directions),
              norms[lane]));
    }
    return traces;
  }

  /** From the gradients of what the network gave, once more in double. */
  private double[][] norms() {
    StateVar last = calls.get(calls.size() - 1).last();
    State[] dLast =
        states(
            last == null ? null : last.h().gradient(),
            last == null || last.c() == null ? null : last.c().gradient());
    return unrolled().backward(gradients(Recurred::y), dLast);
  }

  private State[] initial() {
    StateVar first = calls.get(0).initial();
    return states(
        first == null ? null : first.h().value(),
        first == null || first.c() == null ? null : first.c().value());
  }

  /** Lane by lane from h [L·D, 1, S] and c [L·D, 1, H]; null for zeros. */
  private State[] states(@Nullable Tensor h, @Nullable Tensor c) {
    RnnSpec spec = weights.spec();
    int lanes = spec.layers() * spec.direction().count();
    int units = spec.cell().hasCellState() ? spec.hiddenSize() : 0;
    double[][] ofH = h == null ? new double[lanes][spec.stateSize()] : rows(h, lanes);
    double[][] ofC = c == null ? new double[lanes][units] : rows(c, lanes);
    State[] states = new State[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      states[lane] = new State(ofH[lane], ofC[lane]);
    }
    return states;
  }

  /** The first rows of [R, 1, C]. */
  private double[][] rows(Tensor from, int count) {
    int features = from.shape().dim(2);
    float[] all = flat(from);
    double[][] rows = new double[count][features];
    for (int r = 0; r < count; r++) {
      for (int k = 0; k < features; k++) {
        rows[r][k] = all[r * features + k];
      }
    }
    return rows;
  }

  private float[] flat(Tensor from) {
    float[] all = new float[Math.toIntExact(from.size())];
    memory.download(from, all, 0);
    return all;
  }
}
