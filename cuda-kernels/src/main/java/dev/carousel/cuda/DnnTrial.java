package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;

/** Operands of one forward and backward run of a network in temporary memory. */
final class DnnTrial implements AutoCloseable {
  private final Gpu gpu;
  private final RunShape shape;
  private final DnnCall call = new DnnCall();
  private final long start;
  private final long bytes;

  DnnTrial(Gpu gpu, RunShape shape, DnnNet net) {
    this.gpu = gpu;
    this.shape = shape;
    RnnSpec spec = shape.spec();
    Regions r = new Regions();
    long[] at = {
      r.take(4L * shape.batch()),
      r.take(net.weightBytes()),
      r.take(net.sizes().work()),
      r.take(net.sizes().reserve()),
      r.take(shape.sequenceBytes(spec.inputSize())),
      r.take(shape.sequenceBytes(spec.outputSize())),
      r.take(back(net.weightBytes())),
      r.take(back(shape.sequenceBytes(spec.inputSize()))),
      r.take(back(shape.sequenceBytes(spec.outputSize())))
    };
    bytes = r.bytes();
    start = gpu.allocate(bytes, "measuring " + spec);
    net.describe(call, shape.pass());
    call.lengths = start + at[0];
    call.weights = start + at[1];
    call.work = start + at[2];
    call.reserve = start + at[3];
    call.x = start + at[4];
    call.y = start + at[5];
    call.dWeights = start + at[6];
    call.dx = start + at[7];
    call.dy = start + at[8];
  }

  private long back(long size) {
    return shape.training() ? size : 0;
  }

  long start() {
    return start;
  }

  long bytes() {
    return bytes;
  }

  /** Writes the lengths. */
  void prepare(Gpu.Turn turn) {
    turn.kernel(Kernel.FILL_I32)
        .at(call.lengths)
        .number(shape.steps())
        .size(shape.batch())
        .each(shape.batch());
  }

  /** Forward, and for training both kinds of backward. */
  void run(Gpu.Turn turn) {
    turn.driver();
    gpu.dnn().forward(call);
    if (shape.training()) {
      gpu.dnn().backwardData(call);
      gpu.dnn().backwardWeights(call);
    }
  }

  @Override
  public void close() {
    gpu.driver().synchronize();
    gpu.driver().free(start);
  }
}
