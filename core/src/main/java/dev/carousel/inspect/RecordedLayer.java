package dev.carousel.inspect;

import dev.carousel.autograd.Observer.Step;
import dev.carousel.autograd.Observer.Stepped;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One direction of a layer that is unrolled over single kernels, whose gates are there to be read:
 * one row, in one run or in several that go on with each other's state.
 */
final class RecordedLayer implements Recorded {
  private final HostRows rows;
  private final List<Stepped> runs = new ArrayList<>();

  RecordedLayer(HostRows rows) {
    this.rows = rows;
  }

  void add(Stepped run) {
    if (run.lengths().batch() != 1) {
      throw new IllegalArgumentException(
          "%s reads %d rows at once: a look inside takes one text at a time"
              .formatted(run.network(), run.lengths().batch()));
    }
    if (!runs.isEmpty() && run.backwards()) {
      throw new IllegalStateException(
          run.network() + " reads twice in a step: only one reading can be looked at");
    }
    runs.add(run);
  }

  private Stepped first() {
    return runs.get(0);
  }

  private Reading reading() {
    return first().backwards() ? Reading.BACKWARDS : Reading.FORWARDS;
  }

  @Override
  public String network() {
    return first().network();
  }

  @Override
  public int firstLayer() {
    return first().layer();
  }

  @Override
  public double[][] x() {
    return joined(run -> rows.of(run.x().value(), steps(run)));
  }

  @Override
  public double[][] dx() {
    return joined(run -> rows.gradient(run.x(), steps(run)));
  }

  private double[][] joined(Function<Stepped, double[][]> of) {
    return runs.stream().map(of).flatMap(Arrays::stream).toArray(double[][]::new);
  }

  private static int steps(Stepped run) {
    return run.lengths().host(0);
  }

  /** The real steps of all runs. */
  private List<Step> steps() {
    return runs.stream().flatMap(run -> run.steps().stream().limit(steps(run))).toList();
  }

  @Override
  public Inside inside() {
    List<Gate> gates = Gate.of(first().cell());
    List<Step> steps = steps();
    float[][][] values = new float[gates.size()][steps.size()][];
    for (int t = 0; t < steps.size(); t++) {
      List<Var> each = all(steps.get(t));
      for (int g = 0; g < each.size(); g++) {
        values[g][t] = rows.flat(each.get(g).value());
      }
    }
    Map<Gate, float[][]> named = new LinkedHashMap<>();
    for (int g = 0; g < values.length; g++) {
      named.put(gates.get(g), values[g]);
    }
    LayerTrace trace = new LayerTrace(network(), firstLayer(), reading(), first().cell(), named);
    return new Inside(List.of(trace), OptionalDouble.empty());
  }

  /** In the order of {@link Gate#of}. */
  private static List<Var> all(Step step) {
    List<Var> all = new ArrayList<>(step.gates());
    StateVar after = step.after();
    if (after.c() != null) {
      all.add(after.c());
    }
    all.add(after.h());
    return all;
  }

  @Override
  public List<GradientTrace> gradients() {
    double[] norms =
        steps().stream()
            .mapToDouble(step -> Unrolled.norm(rows.gradient(step.after().h(), 1)[0]))
            .toArray();
    return List.of(new GradientTrace(network(), firstLayer(), reading(), norms));
  }
}
