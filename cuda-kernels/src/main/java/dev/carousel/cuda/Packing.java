package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import java.util.ArrayList;
import java.util.List;

/**
 * Which part of the flat weights lies where in cuDNN's packing: segments for {@code segments.cu}.
 * Where cuDNN's parts lie is asked of cuDNN, never assumed.
 */
final class Packing {
  /** Numbers of one segment. */
  static final int FIELDS = 5;

  /** cuDNN's number of the projection. */
  private static final int PROJECTION = 8;

  private final RnnSpec spec;
  private final WeightLayout layout;
  private final int bytes;
  private final List<long[]> segments = new ArrayList<>();
  private long largest = 1;

  /**
   * A part of a packing.
   *
   * @param layer of the flat layout
   * @param direction of the flat layout
   * @param columns of the packed input matrix, at least those of the flat one
   * @param base first element of cuDNN's packing in the packed buffer
   */
  record Lane(int layer, int direction, int columns, long base) {}

  /** Where one of cuDNN's parts lies. */
  interface Parts {
    Dnn.WeightPart part(int number);
  }

  Packing(RnnSpec spec) {
    this.spec = spec;
    this.layout = WeightLayout.of(spec);
    this.bytes = ElementType.of(spec.precision()).bytes();
  }

  /** Adds the segments of one direction of one layer. */
  void add(Lane lane, Parts parts) {
    int gates = spec.cell().gates();
    for (int g = 0; g < gates; g++) {
      Dnn.WeightPart input = parts.part(g);
      Dnn.WeightPart hidden = parts.part(gates + g);
      gate(lane, g, WeightRole.INPUT_WEIGHT, input.matrix(), lane.columns());
      gate(lane, g, WeightRole.HIDDEN_WEIGHT, hidden.matrix(), spec.stateSize());
      gate(lane, g, WeightRole.INPUT_BIAS, input.bias(), 1);
      gate(lane, g, WeightRole.HIDDEN_BIAS, hidden.bias(), 1);
    }
    if (spec.projectionSize() > 0) {
      WeightBlock b = layout.block(lane.layer(), lane.direction(), WeightRole.PROJECTION);
      long to = lane.base() + parts.part(PROJECTION).matrix() / bytes;
      add(b.offset(), to, spec.projectionSize(), spec.hiddenSize(), spec.hiddenSize());
    }
  }

  private void gate(Lane lane, int gate, WeightRole role, long packedBytes, long stride) {
    WeightBlock b = layout.block(lane.layer(), lane.direction(), role);
    long rows = spec.hiddenSize();
    long columns = b.shape().rank() == 1 ? 1 : b.shape().dim(1);
    add(
        b.offset() + gate * rows * columns,
        lane.base() + packedBytes / bytes,
        rows,
        columns,
        stride);
  }

  private void add(long flat, long packed, long rows, long columns, long stride) {
    segments.add(new long[] {flat, packed, rows, columns, stride});
    largest = Math.max(largest, rows * columns);
  }

  /** Number of segments. */
  int size() {
    return segments.size();
  }

  /** Elements of the largest segment. */
  long largest() {
    return largest;
  }

  /** All segments' numbers one after another, as the halves of 64-bit integers, low half first. */
  int[] halves() {
    int[] halves = new int[2 * FIELDS * segments.size()];
    int at = 0;
    for (long[] segment : segments) {
      for (long field : segment) {
        halves[at++] = (int) field;
        halves[at++] = (int) (field >>> 32);
      }
    }
    return halves;
  }
}
