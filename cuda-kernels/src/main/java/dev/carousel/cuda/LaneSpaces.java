package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;
import java.util.function.IntToLongFunction;

/**
 * Where a {@link Lane} keeps its input, output, states between pieces and cuDNN's reserve spaces,
 * as offsets.
 */
final class LaneSpaces {
  /** x [T, N, columns]. */
  final long x;

  /** y [T, N, units], in the order in which the lane reads. */
  final long y;

  /** cuDNN's reserve space of each piece. */
  final long[] reserve;

  private final long states;
  private final long cells;
  private final long stateBytes;
  private final long cellBytes;

  LaneSpaces(RunShape shape, Chunks chunks, IntToLongFunction reserveBytes, Regions keep) {
    RnnSpec spec = shape.spec();
    x = keep.take(shape.sequenceBytes(spec.inputSize()));
    y = keep.take(shape.sequenceBytes(spec.stateSize()));
    stateBytes = Regions.align(shape.stateBytes(1, spec.stateSize()));
    cellBytes =
        spec.cell().hasCellState() ? Regions.align(shape.stateBytes(1, spec.hiddenSize())) : 0;
    states = keep.take((chunks.count() + 1) * stateBytes);
    cells = keep.take((chunks.count() + 1) * cellBytes);
    reserve = new long[chunks.count()];
    for (int i = 0; i < reserve.length; i++) {
      reserve[i] = keep.take(reserveBytes.applyAsLong(i));
    }
  }

  /** h before piece {@code i}. */
  long h(int i) {
    return states + i * stateBytes;
  }

  /** c before piece {@code i}. */
  long c(int i) {
    return cells + i * cellBytes;
  }
}
