package dev.carousel.reference;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Random;

/**
 * Random operands of one recurrent call in double, all of them non-zero, and what the backend makes
 * of them. Inputs are plain arrays so that a test can move one number and ask again.
 */
final class RnnCase {
  final RnnSpec spec;
  final Lengths lengths;
  final int steps;
  final int batch;
  final double[] x;
  final double[] weights;
  final double[] h0;
  final double[] c0;
  final double[] dy;
  final double[] dh;
  final double[] dc;

  RnnCase(RnnSpec spec, int steps, long seed, int... lengths) {
    this.spec = spec;
    this.lengths = Lengths.onHost(steps, lengths);
    this.steps = steps;
    this.batch = lengths.length;
    Random random = new Random(seed);
    x = Slopes.random(random, (int) spec.inputShape(steps, batch).size());
    weights = Slopes.random(random, (int) WeightLayout.of(spec).size());
    h0 = Slopes.random(random, (int) spec.hiddenShape(batch).size());
    c0 = Slopes.random(random, cellSize());
    dy = Slopes.random(random, (int) spec.outputShape(steps, batch).size());
    dh = Slopes.random(random, h0.length);
    dc = Slopes.random(random, c0.length);
  }

  private int cellSize() {
    return spec.cell().hasCellState() ? (int) spec.cellShape(batch).size() : 0;
  }

  RnnState state(double[] h, double[] c) {
    return new RnnState(
        tensor(h, spec.hiddenShape(batch)),
        spec.cell().hasCellState() ? tensor(c, spec.cellShape(batch)) : null);
  }

  static Tensor tensor(double[] values, Shape shape) {
    return Tensor.of(values, shape.dims());
  }

  /** Everything a call writes. */
  static final class Result {
    final double[] y;
    final double[] h;
    final double[] c;
    final double[] dx;
    final double[] dh0;
    final double[] dc0;
    final double[] dWeights;

    Result(RnnCase in) {
      y = new double[in.dy.length];
      h = new double[in.h0.length];
      c = new double[in.c0.length];
      dx = new double[in.x.length];
      dh0 = new double[in.h0.length];
      dc0 = new double[in.c0.length];
      dWeights = new double[in.weights.length];
    }
  }

  /** Runs forward, and backward if the pass is TRAINING. */
  Result run(Backend backend, Pass pass) {
    Result out = new Result(this);
    try (RnnPlan plan = backend.rnn().plan(spec, steps, batch, pass);
        RnnWeights packed = backend.rnn().pack(spec, Tensor.of(weights, weights.length))) {
      RnnForward forward =
          new RnnForward(
              new Sequences(tensor(x, spec.inputShape(steps, batch)), lengths),
              state(h0, c0),
              packed,
              tensor(out.y, spec.outputShape(steps, batch)),
              state(out.h, out.c),
              pass == Pass.TRAINING ? scratch(backend, plan.reserveBytes()) : null,
              scratch(backend, plan.workBytes()));
      plan.forward(forward);
      if (pass == Pass.TRAINING) {
        plan.backward(
            new RnnBackward(
                forward,
                tensor(dy, spec.outputShape(steps, batch)),
                state(dh, dc),
                tensor(out.dx, spec.inputShape(steps, batch)),
                state(out.dh0, out.dc0),
                Tensor.of(out.dWeights, out.dWeights.length)));
      }
    }
    return out;
  }

  static Tensor scratch(Backend backend, long bytes) {
    return Tensor.of(backend.memory().allocate(DType.BYTE, bytes));
  }

  /** The scalar whose gradient backward computes: Σ dy ⊙ y + Σ dh ⊙ h + Σ dc ⊙ c. */
  double objective(Result r) {
    double sum = 0;
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < batch; n++) {
        for (int j = 0; j < spec.outputSize() && t < lengths.host(n); j++) {
          int i = (t * batch + n) * spec.outputSize() + j;
          sum += dy[i] * r.y[i];
        }
      }
    }
    return sum + Slopes.dot(dh, r.h) + Slopes.dot(dc, r.c);
  }
}
