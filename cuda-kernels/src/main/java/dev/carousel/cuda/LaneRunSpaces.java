package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;
import java.util.List;

/** Where {@link LaneRun} keeps what all its lanes share, as offsets in the work space. */
final class LaneRunSpaces {
  /** Bytes of the lanes' own regions: in the reserve space, or first in an inference's work. */
  final long keptBytes;

  /** cuDNN's work space. */
  final long work;

  /** Outputs of a layer, or their gradients, [T, N, D·P], of even and of odd layers. */
  final long[] output = new long[2];

  /** The gradient of a lane's output, in the order in which it reads. */
  final long dy;

  /** The gradient of the input of a layer by each direction, in the order in which it reads. */
  final long[] dx = new long[2];

  /** Gradients of h. */
  final long[] dh = new long[2];

  /** Gradients of c. */
  final long[] dc = new long[2];

  /** The gradients of all lanes' weights. */
  final long dWeights;

  final long workBytes;
  private final long reserve;

  LaneRunSpaces(RunShape shape, List<Lane> lanes, Regions keep) {
    RnnSpec spec = shape.spec();
    keptBytes = keep.bytes();
    Regions w = new Regions();
    w.take(shape.training() ? 0 : keptBytes);
    work = w.take(lanes.stream().mapToLong(Lane::workBytes).max().orElse(0));
    for (int i = 0; i < 2; i++) {
      output[i] = w.take(spec.layers() > i + 1 ? shape.sequenceBytes(spec.outputSize()) : 0);
    }
    long back = shape.training() ? 1 : 0;
    int columns = lanes.stream().mapToInt(l -> l.spec().inputSize()).max().orElse(0);
    reserve = w.take(back * lanes.stream().mapToLong(Lane::reserveBytes).max().orElse(0));
    dy = w.take(back * shape.sequenceBytes(spec.stateSize()));
    for (int i = 0; i < 2; i++) {
      dx[i] = w.take(i < spec.direction().count() ? back * shape.sequenceBytes(columns) : 0);
      dh[i] = w.take(back * shape.stateBytes(1, spec.stateSize()));
      dc[i] = w.take(back * shape.stateBytes(1, spec.hiddenSize()));
    }
    dWeights = w.take(back * lanes.stream().mapToLong(Lane::weightBytes).sum());
    workBytes = w.bytes();
  }

  /** The operands of backward in direction {@code d}. */
  Lane.Gradients gradients(long base, int d, long dWeightsAt) {
    return new Lane.Gradients(
        base + work,
        base + reserve,
        base + dy,
        base + dx[d],
        new long[] {base + dh[0], base + dh[1]},
        new long[] {base + dc[0], base + dc[1]},
        dWeightsAt);
  }
}
