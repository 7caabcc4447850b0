package dev.carousel.bench.own;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Values;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.cpu.fused.GateArithmetic;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Arena;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The network of a row on a backend: a plan, packed weights, and memory for what a call needs. */
final class Network implements AutoCloseable {
  private static final long BUDGET = 4L << 30;

  final Backend backend;
  final Row row;
  final Values values;
  final RnnSpec spec;
  final RnnPlan plan;
  final RnnWeights weights;
  private final Arena arena;
  private @Nullable GateArithmetic gates;

  Network(Backend backend, Row row, Precision precision, Pass pass) {
    this.backend = backend;
    this.row = row;
    this.values = new Values(row);
    this.spec = row.spec(precision);
    this.plan = backend.rnn().plan(spec, row.callSteps(), row.batch(), pass);
    this.arena = backend.memory().arena(BUDGET);
    float[] flat = values.weights();
    this.weights = backend.rnn().pack(spec, tensor(flat, flat.length));
  }

  /** A tensor of the network's storage type that holds {@code from}. */
  Tensor tensor(float[] from, int... dims) {
    Tensor t = take(Shape.of(dims));
    upload(from, t);
    return t;
  }

  /** A tensor of the network's storage type. */
  Tensor take(Shape shape) {
    return arena.take(spec.precision().storage(), shape);
  }

  /** Integers. */
  Tensor integers(int[] from) {
    Tensor t = arena.take(DType.I32, Shape.of(from.length));
    backend.memory().upload(from, 0, t);
    return t;
  }

  /** A new state, with the values of the row's initial one. */
  RnnState state() {
    Tensor h = tensor(values.h0(), spec.hiddenShape(row.batch()).dims());
    Tensor c =
        row.cell().hasCellState() ? tensor(values.c0(), spec.cellShape(row.batch()).dims()) : null;
    return new RnnState(h, c);
  }

  /** Scratch of a call. */
  Tensor work() {
    return bytes(plan.workBytes());
  }

  /** What forward leaves for backward; null for inference. */
  @Nullable Tensor reserve() {
    return plan.pass() == Pass.TRAINING ? bytes(plan.reserveBytes()) : null;
  }

  private Tensor bytes(long size) {
    return arena.take(DType.BYTE, Shape.of(Math.toIntExact(size)));
  }

  /** Copies in. */
  void upload(float[] from, Tensor to) {
    if (to.type() == DType.F64) {
      double[] wide = new double[from.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = from[i];
      }
      backend.memory().upload(wide, 0, to);
    } else {
      backend.memory().upload(from, 0, to);
    }
  }

  /** Copies out; waits for the backend. */
  void download(Tensor from, float[] to) {
    if (from.type() == DType.F64) {
      double[] wide = new double[to.length];
      backend.memory().download(from, wide, 0);
      for (int i = 0; i < wide.length; i++) {
        to[i] = (float) wide[i];
      }
    } else {
      backend.memory().download(from, to, 0);
    }
  }

  /** A copy of a tensor. */
  float[] copy(Tensor from) {
    float[] to = new float[Math.toIntExact(from.size())];
    download(from, to);
    return to;
  }

  /** The lengths of the row's sequences. */
  Lengths lengths() {
    int[] n = values.lengths();
    if (Arrays.stream(n).allMatch(length -> length == plan.steps())) {
      return Lengths.full(plan.steps(), plan.batch());
    }
    return Lengths.of(plan.steps(), n, integers(n));
  }

  /** The parts of a call that are measured by themselves: these, and the gates if they are ours. */
  Map<String, Exercise.Action> parts(Map<String, Exercise.Action> others) {
    if (gates == null) {
      gates = GateArithmetic.of(plan, lengths()).orElse(null);
    }
    Map<String, Exercise.Action> all = new LinkedHashMap<>(others);
    if (gates != null) {
      all.put("gates", gates::run);
    }
    return all;
  }

  @Override
  public void close() {
    if (gates != null) {
      gates.close();
    }
    weights.close();
    plan.close();
    arena.close();
  }
}
