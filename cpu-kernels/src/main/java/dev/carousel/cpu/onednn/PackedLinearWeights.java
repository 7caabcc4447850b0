package dev.carousel.cpu.onednn;

import dev.carousel.rnn.Precision;
import dev.carousel.spi.LinearWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A matrix W [O, I] packed for {@code x Wᵀ} and, from the first backward call on, for {@code dy W};
 * with it the kernels, and the scratch of as many calls as have ever run at once.
 */
final class PackedLinearWeights implements LinearWeights {
  private final Engine engine;
  private final Tensor master;
  private final Precision precision;
  private final NativeType type;
  private final int outputs;
  private final int inputs;
  private final NativeMemory staging;
  private final Stream stream;
  private final Matmul forward;
  private final PackedMatrix forwardMatrix;
  private final Deque<LinearRun> idle = new ArrayDeque<>();
  private volatile @Nullable LinearGradient gradient;
  private boolean closed;

  PackedLinearWeights(Engine engine, Tensor w, Precision precision) {
    if (w.shape().rank() != 2 || w.type() != DType.F32) {
      throw new IllegalArgumentException(
          "w must be F32 [outputs, inputs], not " + w.type() + " " + w.shape());
    }
    engine.enter();
    this.engine = engine;
    this.master = w;
    this.precision = precision;
    type = precision == Precision.BF16 ? NativeType.BF16 : NativeType.F32;
    outputs = w.shape().dim(0);
    inputs = w.shape().dim(1);
    staging = new NativeMemory(4L * w.size());
    stream = new Stream(engine);
    forward = new Matmul(engine, type, inputs, outputs, Matmul.Bias.ROW);
    long[] strides = {1, inputs};
    try (Layout plain = Layout.strided(NativeType.F32, new long[] {inputs, outputs}, strides)) {
      forwardMatrix = new PackedMatrix(engine, plain, staging.at(0), forward.packed());
    }
    refresh();
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
    engine.enter();
    float[] values = master.heap().floats();
    staging.floats().put(0, values, master.heapOffset(), (int) master.size());
    forwardMatrix.pack(stream);
    LinearGradient g = gradient;
    if (g != null) {
      g.pack(stream);
    }
  }

  int outputs() {
    return outputs;
  }

  int inputs() {
    return inputs;
  }

  NativeType type() {
    return type;
  }

  Matmul forward() {
    return forward;
  }

  PackedMatrix forwardMatrix() {
    return forwardMatrix;
  }

  /** What only backward needs, made when it is first asked for. */
  LinearGradient gradient() {
    LinearGradient g = gradient;
    return g == null ? makeGradient() : g;
  }

  private synchronized LinearGradient makeGradient() {
    LinearGradient g = gradient;
    if (g == null) {
      g = new LinearGradient(engine, type, outputs, inputs, staging.at(0));
      g.pack(stream);
      gradient = g;
    }
    return g;
  }

  /** Scratch and calls for the calling thread. */
  LinearRun borrow() {
    engine.enter();
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("these weights have been closed");
      }
      LinearRun run = idle.poll();
      if (run != null) {
        return run;
      }
    }
    return new LinearRun(engine, this);
  }

  void giveBack(LinearRun run) {
    synchronized (idle) {
      if (!closed) {
        idle.push(run);
        return;
      }
    }
    run.close();
  }

  /** oneDNN's names of the implementations, for reports. */
  String implementation() {
    return forward.kernel(0).implementation();
  }

  @Override
  public void close() {
    synchronized (idle) {
      if (closed) {
        return;
      }
      closed = true;
      idle.forEach(LinearRun::close);
      idle.clear();
    }
    release();
  }

  private synchronized void release() {
    LinearGradient g = gradient;
    if (g != null) {
      g.close();
    }
    forwardMatrix.close();
    forward.close();
    stream.close();
    staging.close();
  }
}
