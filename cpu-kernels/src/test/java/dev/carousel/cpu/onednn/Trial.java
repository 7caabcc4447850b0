package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random operands of one network and everything that comes out of it. Where an operand may be
 * ignored it is NaN, and so is all scratch before a run: whoever reads either betrays himself.
 */
final class Trial {
  final RnnSpec spec;
  final int steps;
  final int[] lengths;
  final float[] weights;
  final float[] x;
  final float[] h0;
  final float[] c0;
  final float[] dy;
  final float[] dLastH;
  final float[] dLastC;
  final float[] y;
  final float[] lastH;
  final float[] lastC;
  final float[] dx;
  final float[] dh0;
  final float[] dc0;
  final float[] dWeights;

  Trial(RnnSpec spec, int steps, int[] lengths, long seed) {
    this.spec = spec;
    this.steps = steps;
    this.lengths = lengths;
    SplittableRandom random = new SplittableRandom(seed);
    int batch = lengths.length;
    int h = (int) spec.hiddenShape(batch).size();
    int c = spec.cell().hasCellState() ? (int) spec.cellShape(batch).size() : 0;
    weights = uniform(random, (int) WeightLayout.of(spec).size(), 0.5);
    x = uniform(random, steps * batch * spec.inputSize(), 1);
    h0 = uniform(random, h, 1);
    c0 = uniform(random, c, 1);
    dy = uniform(random, steps * batch * spec.outputSize(), 1);
    dLastH = uniform(random, h, 1);
    dLastC = uniform(random, c, 1);
    y = unwritten(dy.length);
    lastH = unwritten(h);
    lastC = unwritten(c);
    dx = unwritten(x.length);
    dh0 = unwritten(h);
    dc0 = unwritten(c);
    dWeights = new float[weights.length];
  }

  static float[] uniform(SplittableRandom random, int n, double bound) {
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = (float) random.nextDouble(-bound, bound);
    }
    return a;
  }

  private static float[] unwritten(int n) {
    float[] a = new float[n];
    Arrays.fill(a, Float.NaN);
    return a;
  }

  /** A copy of {@code values} [T, N, width] with NaN beyond the rows' lengths. */
  private float[] poisoned(float[] values, int width) {
    float[] a = values.clone();
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < lengths.length; n++) {
        if (t >= lengths[n]) {
          int at = (t * lengths.length + n) * width;
          Arrays.fill(a, at, at + width, Float.NaN);
        }
      }
    }
    return a;
  }

  /** Makes plan and weights, runs forward and, for training, backward. */
  Trial run(RnnKernels kernels, Pass pass) {
    try (RnnPlan plan = kernels.plan(spec, steps, lengths.length, pass);
        RnnWeights packed = kernels.pack(spec, Tensor.of(weights, weights.length))) {
      return run(plan, packed);
    }
  }

  /** Runs in scratch of its own. */
  Trial run(RnnPlan plan, RnnWeights packed) {
    try (NativeStorage work = poisonedScratch(plan.workBytes());
        NativeStorage reserve = poisonedScratch(plan.reserveBytes())) {
      RnnForward forward = forward(plan, packed, Tensor.of(work), Tensor.of(reserve));
      plan.forward(forward);
      if (plan.pass() == Pass.TRAINING) {
        plan.backward(backward(forward));
      }
    }
    return this;
  }

  RnnForward forward(RnnPlan plan, RnnWeights packed, Tensor work, Tensor reserve) {
    int n = lengths.length;
    Tensor in =
        new Tensor(
            dev.carousel.tensor.HeapStorage.of(poisoned(x, spec.inputSize())),
            0,
            spec.inputShape(steps, n));
    boolean full = Arrays.stream(lengths).allMatch(l -> l == steps);
    Lengths l = full ? Lengths.full(steps, n) : Lengths.onHost(steps, lengths);
    return new RnnForward(
        new Sequences(in, l),
        state(h0, c0),
        packed,
        Tensor.of(y, spec.outputShape(steps, n).dims()),
        state(lastH, lastC),
        plan.pass() == Pass.TRAINING ? reserve : null,
        work);
  }

  RnnBackward backward(RnnForward forward) {
    int n = lengths.length;
    return new RnnBackward(
        forward,
        Tensor.of(poisoned(dy, spec.outputSize()), spec.outputShape(steps, n).dims()),
        state(dLastH, dLastC),
        Tensor.of(dx, spec.inputShape(steps, n).dims()),
        state(dh0, dc0),
        Tensor.of(dWeights, dWeights.length));
  }

  private RnnState state(float[] h, float[] c) {
    int n = lengths.length;
    Shape cells = spec.cellShape(n);
    return new RnnState(
        Tensor.of(h, spec.hiddenShape(n).dims()),
        spec.cell().hasCellState() ? Tensor.of(c, cells.dims()) : null);
  }

  static NativeStorage poisonedScratch(long bytes) {
    NativeStorage s = new NativeStorage(bytes);
    NativeMemory memory = NativeStorage.memory("scratch", Tensor.of(s));
    for (int i = 0; i < memory.size() / 4; i++) {
      memory.floats().put(i, Float.NaN);
    }
    return s;
  }

  /** The same network on the oracle. */
  TapeRnn oracle() {
    return new TapeRnn(spec, steps, lengths, x, weights, h0, c0);
  }

  /** The loss's gradient at y with zeros beyond the rows' lengths, as the oracle wants it. */
  float[] dyWithinLengths() {
    float[] a = poisoned(dy, spec.outputSize());
    for (int i = 0; i < a.length; i++) {
      a[i] = Float.isNaN(a[i]) ? 0 : a[i];
    }
    return a;
  }

  /** Everything that was computed, one after another, for comparing bits. */
  float[] everything() {
    float[][] parts = {y, lastH, lastC, dx, dh0, dc0, dWeights};
    float[] all = new float[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
    int at = 0;
    for (float[] p : parts) {
      System.arraycopy(p, 0, all, at, p.length);
      at += p.length;
    }
    return all;
  }

  @Override
  public String toString() {
    return spec + ", lengths " + Arrays.toString(lengths) + " of " + steps;
  }
}
