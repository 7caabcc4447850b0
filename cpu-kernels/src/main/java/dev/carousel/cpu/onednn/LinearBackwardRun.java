package dev.carousel.cpu.onednn;

import dev.carousel.spi.LinearBackward;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The backward half of a {@link LinearRun}. */
final class LinearBackwardRun implements AutoCloseable {
  private final int inputs;
  private final int outputs;
  private final Stream stream;
  private final Elements x;
  private final Elements dy;
  private final NativeMemory dyRows;
  private final NativeMemory dxRows;
  private final NativeMemory dw;
  private final NativeMemory scratchpad;
  private final Call[] input = new Call[RowBlocks.count()];
  private final Call[] weight = new Call[RowBlocks.count()];
  private final RowScratch row;

  /**
   * @param xRows the block of x, shared with the forward half
   */
  LinearBackwardRun(Engine engine, PackedLinearWeights weights, Stream stream, NativeMemory xRows) {
    this.stream = stream;
    inputs = weights.inputs();
    outputs = weights.outputs();
    NativeType type = weights.type();
    LinearGradient gradient = weights.gradient();
    dyRows = LinearRun.block(outputs, type);
    dxRows = LinearRun.block(inputs, NativeType.F32);
    dw = new NativeMemory(4L * outputs * inputs);
    scratchpad = new NativeMemory(gradient.scratchpadBytes());
    x = Elements.of(xRows, type);
    dy = Elements.of(dyRows, type);
    row = new RowScratch(inputs);
    for (int i = 0; i < RowBlocks.count(); i++) {
      input[i] =
          LinearRun.call(
              engine,
              gradient.input().kernel(i),
              dyRows.at(0),
              gradient.matrix().start(),
              dxRows.at(0),
              scratchpad.at(0));
      weight[i] =
          LinearRun.call(
              engine, gradient.weight(i), dyRows.at(0), xRows.at(0), dw.at(0), scratchpad.at(0));
    }
  }

  void run(LinearBackward io) {
    Tensor dw = io.dw();
    if (dw != null) {
      this.dw.zero(0, this.dw.size());
    }
    int rows = io.dy().shape().rows();
    for (int done = 0; done < rows; ) {
      int block = RowBlocks.next(rows - done);
      int count = Math.min(RowBlocks.size(block), rows - done);
      int at = io.dy().heapOffset() + done * outputs;
      copyIn(io.dy(), dy, at, count, block, outputs);
      if (io.dx() != null) {
        input[block].run(stream.handle());
        int to = io.dx().heapOffset() + done * inputs;
        dxRows.floats().get(0, io.dx().heap().floats(), to, count * inputs);
      }
      if (dw != null) {
        copyIn(io.x(), x, io.x().heapOffset() + done * inputs, count, block, inputs);
        weight[block].run(stream.handle());
      }
      done += count;
    }
    addWeightGradient(dw);
  }

  /** Rows beyond the matrix must be zeros, since the weights' gradient sums over them. */
  private static void copyIn(Tensor from, Elements to, int at, int count, int block, int columns) {
    to.put(0, from.heap().floats(), at, count * columns);
    to.zero(count * columns, (RowBlocks.size(block) - count) * columns);
  }

  private void addWeightGradient(@Nullable Tensor to) {
    if (to == null) {
      return;
    }
    float[] out = to.heap().floats();
    for (int o = 0; o < outputs; o++) {
      dw.floats().get(o * inputs, row.values(), 0, inputs);
      row.addTo(out, to.heapOffset() + o * inputs, inputs);
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < input.length; i++) {
      input[i].close();
      weight[i].close();
    }
    dyRows.close();
    dxRows.close();
    dw.close();
    scratchpad.close();
  }
}
