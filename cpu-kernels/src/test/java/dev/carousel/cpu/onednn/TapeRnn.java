package dev.carousel.cpu.onednn;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;

/**
 * The equations of {@link dev.carousel.rnn.Cell}, step by step on a {@link ScalarTape}: an oracle
 * that shares nothing with the kernels, no padding, no packing, no merged biases.
 */
final class TapeRnn {
  final ScalarTape tape = new ScalarTape();
  final int[] x;
  final int[] weights;
  final int[] h0;
  final int[] c0;
  final int[] y;
  final int[] lastH;
  final int[] lastC;
  private final RnnSpec spec;
  private final int steps;
  private final int batch;
  private final WeightLayout layout;

  /** Runs the network forward; lengths say how many steps of each row are real. */
  TapeRnn(
      RnnSpec spec, int steps, int[] lengths, float[] x, float[] weights, float[] h0, float[] c0) {
    this.spec = spec;
    this.steps = steps;
    this.batch = lengths.length;
    this.layout = WeightLayout.of(spec);
    this.x = leaves(x);
    this.weights = leaves(weights);
    int cells = spec.layers() * spec.direction().count();
    this.h0 = leaves(h0 == null ? new float[cells * batch * spec.stateSize()] : h0);
    this.c0 = leaves(c0 == null ? new float[cells * batch * spec.hiddenSize()] : c0);
    lastH = this.h0.clone();
    lastC = this.c0.clone();
    y = run(lengths);
  }

  private int[] leaves(float[] values) {
    int[] nodes = new int[values.length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = tape.leaf(values[i]);
    }
    return nodes;
  }

  private int[] run(int[] lengths) {
    int zero = tape.leaf(0);
    int[] in = x;
    for (int l = 0; l < spec.layers(); l++) {
      int width = spec.layerInput(l);
      int[] out = new int[steps * batch * spec.outputSize()];
      java.util.Arrays.fill(out, zero);
      for (int d = 0; d < spec.direction().count(); d++) {
        for (int n = 0; n < batch; n++) {
          for (int k = 0; k < lengths[n]; k++) {
            int t = d == 1 ? lengths[n] - 1 - k : k;
            int[] row =
                java.util.Arrays.copyOfRange(
                    in, (t * batch + n) * width, (t * batch + n + 1) * width);
            int[] h = step(l, d, n, row);
            int at = (t * batch + n) * spec.outputSize() + d * spec.stateSize();
            System.arraycopy(h, 0, out, at, h.length);
          }
        }
      }
      in = out;
    }
    return in;
  }

  private int[] step(int l, int d, int n, int[] in) {
    int hidden = spec.hiddenSize();
    int cell = (l * spec.direction().count() + d) * batch + n;
    int state = spec.stateSize();
    int[] h = java.util.Arrays.copyOfRange(lastH, cell * state, (cell + 1) * state);
    int[] out = new int[hidden];
    if (spec.cell() == dev.carousel.rnn.Cell.GRU_RESET_BEFORE) {
      out = resetBefore(l, d, in, h);
    } else {
      for (int j = 0; j < hidden; j++) {
        out[j] = unit(l, d, in, h, j, cell);
      }
    }
    if (spec.projectionSize() > 0) {
      out = product(offset(l, d, WeightRole.PROJECTION), out, state);
    }
    System.arraycopy(out, 0, lastH, cell * state, state);
    return out;
  }

  private int unit(int l, int d, int[] in, int[] h, int j, int cell) {
    int hidden = spec.hiddenSize();
    return switch (spec.cell()) {
      case LSTM -> {
        int i = tape.sigmoid(both(l, d, in, h, j));
        int f = tape.sigmoid(both(l, d, in, h, hidden + j));
        int g = tape.tanh(both(l, d, in, h, 2 * hidden + j));
        int o = tape.sigmoid(both(l, d, in, h, 3 * hidden + j));
        int at = cell * hidden + j;
        lastC[at] = tape.add(tape.multiply(f, lastC[at]), tape.multiply(i, g));
        yield tape.multiply(o, tape.tanh(lastC[at]));
      }
      case GRU -> {
        int r = tape.sigmoid(both(l, d, in, h, j));
        int z = tape.sigmoid(both(l, d, in, h, hidden + j));
        int un = hidden2(l, d, h, 2 * hidden + j);
        int n = tape.tanh(tape.add(input(l, d, in, 2 * hidden + j), tape.multiply(r, un)));
        yield mix(z, n, h[j]);
      }
      case RNN_TANH -> tape.tanh(both(l, d, in, h, j));
      case RNN_RELU -> tape.relu(both(l, d, in, h, j));
      case GRU_RESET_BEFORE -> throw new IllegalStateException("not unit by unit");
    };
  }

  private int[] resetBefore(int l, int d, int[] in, int[] h) {
    int hidden = spec.hiddenSize();
    int[] reset = new int[hidden];
    for (int j = 0; j < hidden; j++) {
      reset[j] = tape.multiply(tape.sigmoid(both(l, d, in, h, j)), h[j]);
    }
    int[] out = new int[hidden];
    for (int j = 0; j < hidden; j++) {
      int z = tape.sigmoid(both(l, d, in, h, hidden + j));
      out[j] = mix(z, tape.tanh(both(l, d, in, reset, 2 * hidden + j)), h[j]);
    }
    return out;
  }

  private int mix(int z, int n, int h) {
    return tape.add(tape.multiply(tape.oneMinus(z), n), tape.multiply(z, h));
  }

  private int both(int l, int d, int[] in, int[] h, int row) {
    return tape.add(input(l, d, in, row), hidden2(l, d, h, row));
  }

  private int input(int l, int d, int[] in, int row) {
    int w = offset(l, d, WeightRole.INPUT_WEIGHT) + row * in.length;
    return tape.add(dot(w, in), weights[offset(l, d, WeightRole.INPUT_BIAS) + row]);
  }

  private int hidden2(int l, int d, int[] h, int row) {
    int u = offset(l, d, WeightRole.HIDDEN_WEIGHT) + row * h.length;
    return tape.add(dot(u, h), weights[offset(l, d, WeightRole.HIDDEN_BIAS) + row]);
  }

  private int[] product(int at, int[] v, int rows) {
    int[] out = new int[rows];
    for (int i = 0; i < rows; i++) {
      out[i] = dot(at + i * v.length, v);
    }
    return out;
  }

  private int dot(int at, int[] v) {
    int sum = tape.multiply(weights[at], v[0]);
    for (int i = 1; i < v.length; i++) {
      sum = tape.add(sum, tape.multiply(weights[at + i], v[i]));
    }
    return sum;
  }

  private int offset(int l, int d, WeightRole role) {
    return (int) layout.block(l, d, role).offset();
  }

  /** Seeds the loss Σ dy·y + Σ dLast·last and runs backward. */
  void backward(float[] dy, float[] dLastH, float[] dLastC) {
    seed(y, dy);
    seed(lastH, dLastH);
    seed(lastC, dLastC);
    tape.backward();
  }

  private void seed(int[] nodes, float[] gradients) {
    for (int i = 0; gradients != null && i < nodes.length; i++) {
      tape.seed(nodes[i], gradients[i]);
    }
  }

  double[] values(int[] nodes) {
    return java.util.Arrays.stream(nodes).mapToDouble(tape::value).toArray();
  }

  double[] gradients(int[] nodes) {
    return java.util.Arrays.stream(nodes).mapToDouble(tape::gradient).toArray();
  }
}
