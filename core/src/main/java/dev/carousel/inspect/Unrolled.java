package dev.carousel.inspect;

import dev.carousel.inspect.CellSteps.Back;
import dev.carousel.inspect.CellSteps.State;
import dev.carousel.rnn.RnnSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recurrent network run once more in double over one row of T steps, with all that happens on the
 * way kept. Lanes are directions of layers: lane l·D + d.
 */
final class Unrolled {
  private final RnnSpec spec;
  private final CellSteps[] cells;
  private final State[] initial;
  private final double[][][][] values;
  private final double[][] output;

  /**
   * Runs it.
   *
   * @param flat all weights, in the order of the layout
   * @param x [T, C]
   * @param initial the state of each lane before the first step
   */
  Unrolled(RnnSpec spec, float[] flat, double[][] x, State[] initial) {
    this.spec = spec;
    this.initial = initial;
    this.cells = new CellSteps[initial.length];
    this.values = new double[initial.length][x.length][][];
    int directions = spec.direction().count();
    double[][] in = x;
    for (int l = 0; l < spec.layers(); l++) {
      double[][] out = new double[x.length][spec.outputSize()];
      for (int d = 0; d < directions; d++) {
        int lane = l * directions + d;
        cells[lane] = CellSteps.of(spec.cell(), new LaneWeights(spec, flat, l, d));
        run(lane, in, out);
      }
      in = out;
    }
    this.output = in;
  }

  private void run(int lane, double[][] in, double[][] out) {
    int d = lane % spec.direction().count();
    State state = initial[lane];
    for (int s = 0; s < in.length; s++) {
      int t = Reading.of(d).step(s, in.length);
      values[lane][t] = cells[lane].forward(in[t], state);
      state = cells[lane].after(values[lane][t]);
      System.arraycopy(state.h(), 0, out[t], d * spec.stateSize(), spec.stateSize());
    }
  }

  /** What the network gives, [T, D·stateSize]. */
  double[][] output() {
    return output;
  }

  /** What each lane did, layers numbered from {@code firstLayer}. */
  List<LayerTrace> traces(String network, int firstLayer) {
    List<LayerTrace> traces = new ArrayList<>();
    int directions = spec.direction().count();
    List<Gate> gates = Gate.of(spec.cell());
    for (int lane = 0; lane < values.length; lane++) {
      Map<Gate, float[][]> each = new LinkedHashMap<>();
      for (int g = 0; g < gates.size(); g++) {
        each.put(gates.get(g), single(values[lane], g));
      }
      Reading reading = Reading.of(lane % directions);
      traces.add(
          new LayerTrace(network, firstLayer + lane / directions, reading, spec.cell(), each));
    }
    return traces;
  }

  private static float[][] single(double[][][] steps, int gate) {
    float[][] all = new float[steps.length][];
    for (int t = 0; t < steps.length; t++) {
      double[] from = steps[t][gate];
      all[t] = new float[from.length];
      for (int j = 0; j < from.length; j++) {
        all[t][j] = (float) from[j];
      }
    }
    return all;
  }

  /**
   * Runs it backwards.
   *
   * @param dy gradient of {@link #output}
   * @param dLast gradient of each lane's state after its last step
   * @return |dL/dh[t]| of each lane, [L·D, T]
   */
  double[][] backward(double[][] dy, State[] dLast) {
    int directions = spec.direction().count();
    double[][] norms = new double[values.length][dy.length];
    double[][] d = dy;
    for (int l = spec.layers() - 1; l >= 0; l--) {
      double[][] below = new double[dy.length][spec.layerInput(l)];
      for (int lane = l * directions; lane < (l + 1) * directions; lane++) {
        back(lane, d, dLast[lane], below, norms[lane]);
      }
      d = below;
    }
    return norms;
  }

  private void back(int lane, double[][] dy, State dLast, double[][] dx, double[] norms) {
    int direction = lane % spec.direction().count();
    int steps = dy.length;
    State d = dLast;
    for (int s = steps - 1; s >= 0; s--) {
      int t = Reading.of(direction).step(s, steps);
      double[] dh = d.h().clone();
      for (int j = 0; j < dh.length; j++) {
        dh[j] += dy[t][direction * dh.length + j];
      }
      norms[t] = norm(dh);
      State before =
          s == 0
              ? initial[lane]
              : cells[lane].after(values[lane][Reading.of(direction).step(s - 1, steps)]);
      Back back = cells[lane].backward(values[lane][t], before, new State(dh, d.c()));
      for (int k = 0; k < back.x().length; k++) {
        dx[t][k] += back.x()[k];
      }
      d = back.before();
    }
  }

  /** √Σv², without overflow of the squares. */
  static double norm(double[] v) {
    double largest = 0;
    for (double x : v) {
      largest = Math.max(largest, Math.abs(x));
    }
    if (largest == 0 || Double.isInfinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double x : v) {
      sum += (x / largest) * (x / largest);
    }
    return largest * Math.sqrt(sum);
  }
}
