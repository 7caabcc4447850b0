package dev.carousel.cpu.fused;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;

/** A matrix in panels for forward, in native memory; backward reads the matrix itself. */
final class FusedLinearWeights implements LinearWeights {
  private final long engine;
  private final Tensor master;
  private final Precision precision;
  private final int outputs;
  private final int inputs;
  private long handle;

  FusedLinearWeights(long engine, Tensor master, Precision precision) {
    if (master.shape().rank() != 2) {
      throw new IllegalArgumentException("w must have shape [O, I], not " + master.shape());
    }
    this.engine = engine;
    this.precision = precision;
    this.master = master.require("w", DType.F32, master.shape().dims());
    outputs = master.shape().dim(0);
    inputs = master.shape().dim(1);
    if (int8()) {
      Int8.requireFits(inputs);
    }
    handle = Native.newMatrix(engine, int8(), outputs, inputs);
    if (handle == 0) {
      throw new BackendException(
          "the system has no native memory left for a matrix " + master.shape());
    }
    refresh();
  }

  int outputs() {
    return outputs;
  }

  int inputs() {
    return inputs;
  }

  /** Whether the panels are of integers. */
  boolean int8() {
    return precision == Precision.INT8;
  }

  synchronized long handle() {
    if (handle == 0) {
      throw new IllegalStateException("the matrix has been closed");
    }
    return handle;
  }

  @Override
  public Tensor master() {
    return master;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public synchronized void refresh() {
    Native.packMatrix(engine, int8(), handle(), master.heap().floats(), master.heapOffset());
  }

  @Override
  public synchronized void close() {
    if (handle != 0) {
      Native.freeMatrix(engine, int8(), handle);
      handle = 0;
    }
  }
}
