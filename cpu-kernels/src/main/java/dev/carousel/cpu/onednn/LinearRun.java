package dev.carousel.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.carousel.spi.LinearBackward;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to run a linear layer: a block of rows of each operand in native memory and
 * the calls bound to them. The rows of x and y pass through these blocks while they are in the
 * cache.
 */
final class LinearRun implements AutoCloseable {
  private static final List<Integer> ARGUMENTS =
      List.of(DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD);
  private static final List<Integer> WITH_BIAS =
      List.of(DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_BIAS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD);

  private final Engine engine;
  private final PackedLinearWeights weights;
  private final int inputs;
  private final int outputs;
  private final Stream stream;
  private final NativeMemory x;
  private final NativeMemory y;
  private final NativeMemory bias;
  private final NativeMemory scratchpad;
  private final Elements xRows;
  private final Elements biasRow;
  private final Call[] forward = new Call[RowBlocks.count()];
  private final float[] sums;
  private final FloatRows rowSums;
  private @Nullable LinearBackwardRun backward;

  LinearRun(Engine engine, PackedLinearWeights weights) {
    this.engine = engine;
    this.weights = weights;
    inputs = weights.inputs();
    outputs = weights.outputs();
    sums = new float[outputs];
    rowSums = new FloatRows(outputs);
    stream = new Stream(engine);
    x = block(inputs, weights.type());
    y = block(outputs, NativeType.F32);
    bias = new NativeMemory(4L * outputs);
    xRows = Elements.of(x, weights.type());
    biasRow = Elements.of(bias, NativeType.F32);
    scratchpad = new NativeMemory(weights.forward().scratchpadBytes());
    for (int i = 0; i < forward.length; i++) {
      Pointer matrix = weights.forwardMatrix().start();
      Kernel kernel = weights.forward().kernel(i);
      forward[i] = new Call(engine, kernel, WITH_BIAS);
      forward[i].bind(DNNL_ARG_BIAS, bias.at(0));
      bind(forward[i], x.at(0), matrix, y.at(0), scratchpad.at(0));
    }
  }

  static NativeMemory block(int columns, NativeType type) {
    return new NativeMemory((long) RowBlocks.largest() * columns * type.bytes());
  }

  static Call call(
      Engine engine, Kernel kernel, Pointer src, Pointer matrix, Pointer dst, Pointer pad) {
    Call call = new Call(engine, kernel, ARGUMENTS);
    bind(call, src, matrix, dst, pad);
    return call;
  }

  private static void bind(Call call, Pointer src, Pointer matrix, Pointer dst, Pointer pad) {
    call.bind(DNNL_ARG_SRC, src);
    call.bind(DNNL_ARG_WEIGHTS, matrix);
    call.bind(DNNL_ARG_DST, dst);
    call.bind(DNNL_ARG_SCRATCHPAD, pad);
  }

  /** {@code y = x Wᵀ + b}; the shapes have been checked. */
  void forward(Tensor from, @Nullable Tensor bias, Tensor to) {
    if (bias == null) {
      biasRow.zero(0, outputs);
    } else {
      biasRow.put(0, bias.heap().floats(), bias.heapOffset(), outputs);
    }
    int rows = from.shape().rows();
    float[] out = to.heap().floats();
    for (int done = 0; done < rows; ) {
      int block = RowBlocks.next(rows - done);
      int count = Math.min(RowBlocks.size(block), rows - done);
      int at = to.heapOffset() + done * outputs;
      xRows.put(0, from.heap().floats(), from.heapOffset() + done * inputs, count * inputs);
      forward[block].run(stream.handle());
      y.floats().get(0, out, at, count * outputs);
      done += count;
    }
  }

  /** {@code dx = dy W}, {@code dW += dyᵀ x}, {@code db += Σ dy}; the shapes have been checked. */
  void backward(LinearBackward io) {
    if (io.dx() != null || io.dw() != null) {
      backwardRun().run(io);
    }
    if (io.dBias() != null) {
      addColumnSums(io.dy(), io.dBias());
    }
  }

  private LinearBackwardRun backwardRun() {
    LinearBackwardRun b = backward;
    if (b == null) {
      b = new LinearBackwardRun(engine, weights, stream, x);
      backward = b;
    }
    return b;
  }

  /** Column sums block by block, which loses less than one long sum. */
  private void addColumnSums(Tensor dy, Tensor dBias) {
    float[] in = dy.heap().floats();
    float[] out = dBias.heap().floats();
    int rows = dy.shape().rows();
    for (int done = 0; done < rows; done += RowBlocks.largest()) {
      int count = Math.min(RowBlocks.largest(), rows - done);
      int at = dy.heapOffset() + done * outputs;
      System.arraycopy(in, at, sums, 0, outputs);
      for (int r = 1; r < count; r++) {
        rowSums.accumulate(in, at + r * outputs, sums, outputs);
      }
      rowSums.add(sums, out, dBias.heapOffset(), outputs);
    }
  }

  @Override
  public void close() {
    for (Call c : forward) {
      c.close();
    }
    if (backward != null) {
      backward.close();
    }
    x.close();
    y.close();
    bias.close();
    scratchpad.close();
    stream.close();
  }
}
