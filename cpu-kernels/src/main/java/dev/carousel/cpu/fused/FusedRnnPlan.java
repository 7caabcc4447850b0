package dev.carousel.cpu.fused;

import dev.carousel.cpu.onednn.NativeStorage;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.RnnState;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A network whose every call is one call of a C++ function. */
final class FusedRnnPlan implements RnnPlan {
  private final long rnn;
  private final RnnSpec spec;
  private final int steps;
  private final int batch;
  private final Pass pass;
  private final int threads;
  private final long reserveBytes;
  private final long workBytes;
  private final long handle;
  private volatile boolean closed;

  FusedRnnPlan(long rnn, RnnSpec spec, int steps, int batch, Pass pass, int threads) {
    this.rnn = rnn;
    this.spec = spec;
    this.steps = steps;
    this.batch = batch;
    this.pass = pass;
    this.threads = threads;
    handle =
        Native.newRnnPlan(
            rnn,
            cell(spec),
            spec.inputSize(),
            spec.hiddenSize(),
            spec.layers(),
            spec.direction().count(),
            steps,
            batch,
            pass == Pass.TRAINING,
            threads);
    reserveBytes = Native.rnnReserveBytes(rnn, handle);
    workBytes = Native.rnnWorkBytes(rnn, handle);
  }

  /** The place of a cell in the enumeration of {@code spec.h}. */
  static int cell(RnnSpec spec) {
    return switch (spec.cell()) {
      case LSTM -> 0;
      case GRU -> 1;
      case RNN_TANH -> 2;
      case RNN_RELU -> 3;
      case GRU_RESET_BEFORE -> throw new IllegalStateException(Cell.GRU_RESET_BEFORE.name());
    };
  }

  @Override
  public RnnSpec spec() {
    return spec;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Pass pass() {
    return pass;
  }

  @Override
  public long reserveBytes() {
    return reserveBytes;
  }

  @Override
  public long workBytes() {
    return workBytes;
  }

  @Override
  public String describe() {
    return "Carousel %s %s, %d %s"
        .formatted(spec.cell(), spec.precision(), threads, threads == 1 ? "thread" : "threads");
  }

  @Override
  public void forward(RnnForward io) {
    io.requireFits(this);
    requireOpen();
    Tensor x = io.x().values();
    RnnState initial = io.initial();
    RnnState last = io.last();
    Native.rnnForward(
        rnn,
        handle,
        FusedRnnWeights.of(io.weights()).handle(),
        Floats.of(x),
        x.heapOffset(),
        HostLengths.of(io.x().lengths()),
        HostLengths.at(io.x().lengths()),
        h(initial),
        hAt(initial),
        c(initial),
        cAt(initial),
        Floats.of(io.y()),
        io.y().heapOffset(),
        h(last),
        hAt(last),
        c(last),
        cAt(last),
        address("reserve", io.reserve()),
        address("work", io.work()));
  }

  @Override
  public void backward(RnnBackward io) {
    io.requireFits(this);
    requireOpen();
    RnnForward forward = io.forward();
    Tensor x = forward.x().values();
    Native.rnnBackward(
        rnn,
        handle,
        FusedRnnWeights.of(forward.weights()).handle(),
        Floats.of(x),
        x.heapOffset(),
        HostLengths.of(forward.x().lengths()),
        HostLengths.at(forward.x().lengths()),
        address("reserve", forward.reserve()),
        address("work", forward.work()),
        Floats.of(io.dy()),
        io.dy().heapOffset(),
        h(io.dLast()),
        hAt(io.dLast()),
        c(io.dLast()),
        cAt(io.dLast()),
        Floats.ofNullable(io.dx()),
        Floats.at(io.dx()),
        h(io.dInitial()),
        hAt(io.dInitial()),
        c(io.dInitial()),
        cAt(io.dInitial()),
        Floats.ofNullable(io.dWeights()),
        Floats.at(io.dWeights()));
  }

  /** Runs {@link GateArithmetic}, on memory of the sizes that a call needs. */
  void gates(Lengths lengths, long y, long reserve, long work) {
    requireOpen();
    Native.rnnGates(
        rnn, handle, HostLengths.of(lengths), HostLengths.at(lengths), y, reserve, work);
  }

  private static float @Nullable [] h(@Nullable RnnState s) {
    return s == null ? null : Floats.of(s.h());
  }

  private static int hAt(@Nullable RnnState s) {
    return s == null ? 0 : s.h().heapOffset();
  }

  private static float @Nullable [] c(@Nullable RnnState s) {
    return s == null ? null : Floats.ofNullable(s.c());
  }

  private static int cAt(@Nullable RnnState s) {
    return s == null ? 0 : Floats.at(s.c());
  }

  private static long address(String name, @Nullable Tensor scratch) {
    return scratch == null ? 0 : NativeStorage.address(name, scratch);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the plan has been closed");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Native.freeRnnPlan(rnn, handle);
    }
  }
}
