package dev.carousel.cuda;

import static dev.carousel.cuda.WholeRun.c;
import static dev.carousel.cuda.WholeRun.h;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What lengths mean, around lanes that know none: {@code sequences.cu} for one call. Addresses, and
 * 0 for what is not there.
 *
 * @param lengths I32 [N], or null for full rows
 */
record Rows(Gpu gpu, Gpu.Turn turn, RunShape shape, @Nullable Tensor lengths) {
  /** A tensor on one side of a kernel. */
  record Side(long address, ElementType type) {}

  /** Brings the input of a layer into a lane: mirrored, without its padding, augmented. */
  void input(Side from, Lane lane, long kept, RnnSpec layer, int direction) {
    int width = layer.inputSize();
    int columns = lane.spec().inputSize();
    arrange(from, own(kept + lane.spaces.x), 0, direction)
        .size(width)
        .size(columns)
        .size(width)
        .size(0)
        .size(columns)
        .size(0)
        .size(Augmented.flag(layer))
        .each(rowCount() * columns);
  }

  /** Brings a lane's output into that of its layer, mirrored back, zero beyond the lengths. */
  void output(Lane lane, long kept, Side to, int direction) {
    int units = lane.spec().stateSize();
    arrange(own(kept + lane.spaces.y), to, 0, direction)
        .size(units)
        .size(units)
        .size(units)
        .size(0)
        .size(shape.spec().outputSize())
        .size((long) direction * units)
        .size(-1)
        .each(rowCount() * units);
  }

  /** Brings the gradient of a layer's output into a lane, that of the last h at its step. */
  void gradient(Side from, Lane lane, long to, long dLast, int direction) {
    int units = lane.spec().stateSize();
    arrange(from, own(to), dLast, direction)
        .size(units)
        .size(units)
        .size(shape.spec().outputSize())
        .size((long) direction * units)
        .size(units)
        .size(0)
        .size(-1)
        .each(rowCount() * units);
  }

  private Launch arrange(Side from, Side to, long extra, int mirror) {
    return turn.kernel(TypedKernels.of("arrange", from.type(), to.type()))
        .at(from.address())
        .at(to.address())
        .at(lengths)
        .at(extra)
        .number(mirror)
        .size(shape.steps())
        .size(shape.batch());
  }

  /** A tensor of cuDNN's. */
  Side own(long address) {
    return new Side(address, shape.type());
  }

  /** A tensor of the caller's. */
  Side outer(Tensor t) {
    return new Side(gpu.address(t), ElementType.F32);
  }

  private long rowCount() {
    return (long) shape.steps() * shape.batch();
  }

  /** The gradient of a layer's input: the sum over its directions, zero beyond the lengths. */
  void join(long first, long second, Side to, int width, Lane lane) {
    turn.kernel(TypedKernels.of("join", shape.type(), to.type()))
        .at(first)
        .at(second)
        .at(to.address())
        .at(lengths)
        .size(shape.steps())
        .size(shape.batch())
        .size(width)
        .size(lane.spec().inputSize())
        .each(rowCount() * width);
  }

  /** The state after each row's last step: of an empty row its first. */
  void lastStates(Lane lane, long kept, RnnForward io, int block, int chunks) {
    if (io.last() == null) {
      return;
    }
    int units = lane.spec().stateSize();
    long n = (long) shape.batch() * units;
    turn.kernel(TypedKernels.of("last_step", shape.type()))
        .at(kept + lane.spaces.y)
        .at(block(h(io.initial()), block))
        .at(lengths)
        .at(block(h(io.last()), block))
        .size(shape.steps())
        .size(shape.batch())
        .size(units)
        .each(n);
    if (lane.spec().cell().hasCellState()) {
      keepEmpty(
          kept + lane.spaces.c(chunks),
          block(c(io.initial()), block),
          block(c(io.last()), block),
          lane.spec().hiddenSize());
    }
  }

  /** Brings a state or its gradient out of cuDNN's; of an empty row another. */
  void keepEmpty(long from, long otherwise, long to, int units) {
    if (to != 0) {
      turn.kernel(TypedKernels.of("keep_empty", shape.type()))
          .at(from)
          .at(otherwise)
          .at(lengths)
          .at(to)
          .size(shape.batch())
          .size(units)
          .each((long) shape.batch() * units);
    }
  }

  /** The address of block {@code i} of [L·D, N, units]; 0 for null. */
  long block(@Nullable Tensor states, int i) {
    return states == null
        ? 0
        : gpu.address(states) + 4L * i * states.shape().dim(1) * states.shape().dim(2);
  }
}
