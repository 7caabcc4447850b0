package dev.carousel.kit.run;

import dev.carousel.kit.run.RnnCase.Operand;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The operands of one forward and backward call in a backend's memory. Outputs start as NaN, the
 * weight gradient as 1/2, which the result leaves out again.
 */
public final class RnnCall implements AutoCloseable {
  /** What the weight gradient holds before the call. */
  public static final double BEFORE = 0.5;

  private final PackedRnn rnn;
  private final RnnCase c;
  private final RnnData data;
  private final DeviceTensors tensors;
  private final DType type;
  private final RnnForward forward;
  private final @Nullable RnnBackward backward;

  /** Allocates and fills; runs nothing. */
  public RnnCall(PackedRnn rnn, RnnCase c, RnnData data) {
    this.rnn = rnn;
    this.c = c;
    this.data = data;
    tensors = new DeviceTensors(rnn.backend().memory());
    type = c.spec().precision().storage();
    forward = forwardOperands();
    backward = rnn.plan().pass() == Pass.TRAINING ? backwardOperands() : null;
  }

  /** Plans, packs, runs forward, and backward for training, and reads the results. */
  public static Outcome run(Backend backend, RnnCase c, RnnData data, Pass pass) {
    try (PackedRnn rnn = new PackedRnn(backend, c, data, pass);
        RnnCall call = new RnnCall(rnn, c, data)) {
      call.run();
      return call.outcome();
    }
  }

  private RnnForward forwardOperands() {
    RnnSpec spec = c.spec();
    long reserve = rnn.plan().reserveBytes();
    return new RnnForward(
        new Sequences(
            tensors.of(type, data.x(), c.steps(), c.batch(), spec.inputSize()), lengths()),
        c.has(Operand.INITIAL) ? state(data.h0(), data.c0()) : null,
        rnn.weights(),
        tensors.unwritten(type, spec.outputShape(c.steps(), c.batch()).dims()),
        c.has(Operand.LAST) ? unwrittenState() : null,
        reserve == 0 ? null : tensors.empty(DType.BYTE, Math.toIntExact(reserve)),
        tensors.empty(DType.BYTE, Math.toIntExact(rnn.plan().workBytes())));
  }

  private RnnBackward backwardOperands() {
    RnnSpec spec = c.spec();
    double[] before = before(data.weights().length);
    return new RnnBackward(
        forward,
        tensors.of(type, data.dy(), spec.outputShape(c.steps(), c.batch()).dims()),
        c.has(Operand.D_LAST) ? state(data.dLastH(), data.dLastC()) : null,
        c.has(Operand.DX)
            ? tensors.unwritten(type, spec.inputShape(c.steps(), c.batch()).dims())
            : null,
        c.has(Operand.D_INITIAL) ? unwrittenState() : null,
        c.has(Operand.D_WEIGHTS) ? tensors.of(type, before, before.length) : null);
  }

  private Lengths lengths() {
    int[] lengths = data.lengths();
    return lengths == null
        ? Lengths.full(c.steps(), c.batch())
        : Lengths.of(c.steps(), lengths, tensors.of(lengths, lengths.length));
  }

  private RnnState state(double[] h, double[] cell) {
    return new RnnState(
        tensors.of(type, h, c.spec().hiddenShape(c.batch()).dims()),
        c.spec().cell().hasCellState()
            ? tensors.of(type, cell, c.spec().cellShape(c.batch()).dims())
            : null);
  }

  private RnnState unwrittenState() {
    return new RnnState(
        tensors.unwritten(type, c.spec().hiddenShape(c.batch()).dims()),
        c.spec().cell().hasCellState()
            ? tensors.unwritten(type, c.spec().cellShape(c.batch()).dims())
            : null);
  }

  /** The operands of forward. */
  public RnnForward forward() {
    return forward;
  }

  /**
   * The operands of backward.
   *
   * @throws IllegalStateException if the plan is not for training
   */
  public RnnBackward backward() {
    if (backward == null) {
      throw new IllegalStateException("an inference call has no backward");
    }
    return backward;
  }

  /** The tensors, to read or overwrite one. */
  public DeviceTensors tensors() {
    return tensors;
  }

  /** Runs forward, and backward if the plan is for training. */
  public void run() {
    rnn.plan().forward(forward);
    if (backward != null) {
      rnn.plan().backward(backward);
    }
  }

  /** Puts other numbers of the same shapes into the same tensors and unwrites the outputs. */
  public void refill(RnnData other) {
    tensors.write(other.x(), forward.x().values());
    int[] lengths = other.lengths();
    if (lengths != null) {
      rnn.backend().memory().upload(lengths, 0, forward.x().lengths().device());
    }
    refill(forward.initial(), other.h0(), other.c0());
    unwrite(forward.y());
    unwrite(forward.last());
    if (backward != null) {
      tensors.write(other.dy(), backward.dy());
      refill(backward.dLast(), other.dLastH(), other.dLastC());
      unwrite(backward.dx());
      unwrite(backward.dInitial());
      if (backward.dWeights() != null) {
        tensors.write(before(other.weights().length), backward.dWeights());
      }
    }
  }

  private void refill(@Nullable RnnState state, double[] h, double[] cell) {
    if (state != null) {
      tensors.write(h, state.h());
      if (state.c() != null) {
        tensors.write(cell, state.c());
      }
    }
  }

  private void unwrite(@Nullable RnnState state) {
    if (state != null) {
      unwrite(state.h());
      unwrite(state.c());
    }
  }

  private void unwrite(@Nullable Tensor t) {
    if (t != null) {
      tensors.unwrite(t);
    }
  }

  private static double[] before(int size) {
    double[] before = new double[size];
    Arrays.fill(before, BEFORE);
    return before;
  }

  /** What was written so far, under the names of the oracle's results. */
  public Outcome outcome() {
    Outcome all = new Outcome();
    all.put("y", tensors.read(forward.y()));
    put(all, "last", forward.last());
    if (backward != null) {
      if (backward.dx() != null) {
        all.put("dx", tensors.read(backward.dx()));
      }
      put(all, "dInitial", backward.dInitial());
      if (backward.dWeights() != null) {
        all.put("dWeights", addedTo(tensors.read(backward.dWeights())));
      }
    }
    return all;
  }

  /** Every input, to see whether a call has changed one. */
  public Outcome inputs() {
    Outcome all = new Outcome();
    all.put("x", tensors.read(forward.x().values()));
    put(all, "initial", forward.initial());
    all.put("weights", rnn.readMaster());
    if (backward != null) {
      all.put("dy", tensors.read(backward.dy()));
      put(all, "dLast", backward.dLast());
    }
    return all;
  }

  private static double[] addedTo(double[] sum) {
    return Arrays.stream(sum).map(v -> v - BEFORE).toArray();
  }

  private void put(Outcome all, String name, @Nullable RnnState state) {
    if (state != null) {
      all.put(name + ".h", tensors.read(state.h()));
      if (state.c() != null) {
        all.put(name + ".c", tensors.read(state.c()));
      }
    }
  }

  @Override
  public void close() {
    tensors.close();
  }
}
