package dev.carousel.inspect;

import dev.carousel.autograd.Observer.Recurred;
import dev.carousel.autograd.RnnParameter;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.inspect.CellSteps.State;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one network read and gave in one step: one row, in one call or in several that go on with
 * each other's state, as a decoder's do.
 */
final class RecordedNetwork implements Recorded {
  private final RnnParameter weights;
  private final HostRows rows;
  private final List<Recurred> calls = new ArrayList<>();

  RecordedNetwork(RnnParameter weights, HostRows rows) {
    this.weights = weights;
    this.rows = rows;
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

  @Override
  public String network() {
    return weights.name();
  }

  @Override
  public int firstLayer() {
    return weights.firstLayer();
  }

  @Override
  public double[][] x() {
    return values(Recurred::x);
  }

  @Override
  public double[][] dx() {
    return gradients(Recurred::x);
  }

  private double[][] values(Function<Recurred, Var> of) {
    return joined(call -> rows.of(of.apply(call).value(), steps(call)));
  }

  private double[][] gradients(Function<Recurred, Var> of) {
    return joined(call -> rows.gradient(of.apply(call), steps(call)));
  }

  private double[][] joined(Function<Recurred, double[][]> of) {
    return calls.stream().map(of).flatMap(Arrays::stream).toArray(double[][]::new);
  }

  private static int steps(Recurred call) {
    return call.lengths().host(0);
  }

  private Unrolled unrolled() {
    return new Unrolled(weights.spec(), rows.flat(weights.values()), x(), initial());
  }

  /** From a second run, in double. */
  @Override
  public Inside inside() {
    Unrolled again = unrolled();
    double deviation = difference(again.output(), values(Recurred::y));
    return new Inside(again.traces(network(), firstLayer()), OptionalDouble.of(deviation));
  }

  private static double difference(double[][] a, double[][] b) {
    double largest = 0;
    for (int t = 0; t < a.length; t++) {
      for (int j = 0; j < a[t].length; j++) {
        largest = Math.max(largest, Math.abs(a[t][j] - b[t][j]));
      }
    }
    return largest;
  }

  @Override
  public List<GradientTrace> gradients() {
    RnnSpec spec = weights.spec();
    double[][] norms = norms();
    List<GradientTrace> traces = new ArrayList<>();
    int directions = spec.direction().count();
    for (int lane = 0; lane < norms.length; lane++) {
      traces.add(
          new GradientTrace(
              network(),
              firstLayer() + lane / directions,
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
    double[][] ofH = h == null ? new double[lanes][spec.stateSize()] : rows.of(h, lanes);
    double[][] ofC = c == null ? new double[lanes][units] : rows.of(c, lanes);
    State[] states = new State[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      states[lane] = new State(ofH[lane], ofC[lane]);
    }
    return states;
  }
}
