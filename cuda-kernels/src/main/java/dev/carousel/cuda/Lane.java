package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One direction of one layer as a network of its own that reads forward, over any number of steps:
 * its rows were mirrored before if it is the direction that reads backwards, and its state is
 * carried from piece to piece of the sequence. It knows no lengths.
 */
final class Lane implements AutoCloseable {
  private final Gpu gpu;
  private final RunShape shape;
  private final Chunks chunks;
  private final List<DnnNet> nets = new ArrayList<>();
  private final DnnCall call = new DnnCall();
  private final long fullLengths;
  final LaneSpaces spaces;

  /**
   * How the steps are cut.
   *
   * @param chunks the pieces
   * @param fullLengths address of I32 [2, N]: the steps of a piece, and of the last piece
   */
  record Pieces(Chunks chunks, long fullLengths) {}

  /**
   * Makes cuDNN's descriptions.
   *
   * @param shape of the lane alone, with the columns of its augmented input
   * @param keep where the regions go that backward needs
   */
  Lane(Gpu gpu, RunShape shape, Choice choice, Pieces pieces, Regions keep) {
    this.gpu = gpu;
    this.shape = shape;
    this.chunks = pieces.chunks();
    this.fullLengths = pieces.fullLengths();
    for (int steps : chunks.lengths()) {
      nets.add(
          new DnnNet(
              gpu, new DnnNetwork(shape.spec(), choice), steps, shape.batch(), shape.pass()));
    }
    spaces = new LaneSpaces(shape, chunks, i -> net(i).sizes().reserve(), keep);
  }

  private DnnNet net(int chunk) {
    return nets.get(chunk == chunks.count() - 1 ? nets.size() - 1 : 0);
  }

  RnnSpec spec() {
    return shape.spec();
  }

  /** Bytes of cuDNN's work space. */
  long workBytes() {
    return nets.stream().mapToLong(n -> n.sizes().work()).max().orElse(0);
  }

  /** Bytes of the packed weights, as a region. */
  long weightBytes() {
    return Regions.align(nets.get(0).weightBytes());
  }

  /** Bytes of the largest piece's reserve space. */
  long reserveBytes() {
    return nets.stream().mapToLong(n -> n.sizes().reserve()).max().orElse(0);
  }

  private void begin(int chunk, long kept, long weights, long work) {
    net(chunk).describe(call, shape.pass());
    call.lengths = fullLengths + (chunk == chunks.count() - 1 ? 4L * shape.batch() : 0);
    call.weights = weights;
    call.work = work;
    call.reserve = kept + spaces.reserve[chunk];
    long from = chunks.first(chunk);
    call.x = kept + spaces.x + from * rowBytes(spec().inputSize());
    call.y = kept + spaces.y + from * rowBytes(spec().stateSize());
    call.hx = kept + spaces.h(chunk);
    call.cx = kept + spaces.c(chunk);
  }

  private long rowBytes(int features) {
    return (long) shape.batch() * features * shape.type().bytes();
  }

  /** Runs all pieces; x and the first state are in their regions. */
  void forward(long kept, long weights, long work) {
    for (int i = 0; i < chunks.count(); i++) {
      begin(i, kept, weights, work);
      call.hy = kept + spaces.h(i + 1);
      call.cy = spec().cell().hasCellState() ? kept + spaces.c(i + 1) : 0;
      call.cx = spec().cell().hasCellState() ? call.cx : 0;
      gpu.dnn().forward(call);
    }
  }

  /**
   * Where backward finds and leaves its operands, as addresses.
   *
   * @param work cuDNN's work space
   * @param reserve room for a copy of a piece's reserve space
   * @param dy [T, N, units] in
   * @param dx [T, N, columns] out
   * @param dh two gradients of h; that of the first state is left in {@link Lane#firstState}
   * @param dc two gradients of c; that of the last state is given in the first unless 0
   * @param dWeights added to; 0 if it is not wanted
   */
  @SuppressWarnings("ArrayRecordComponent") // addresses, never compared
  record Gradients(
      long work, long reserve, long dy, long dx, long[] dh, long[] dc, long dWeights) {}

  /** Which of the two state gradients backward leaves as that of the first state. */
  int firstState() {
    return chunks.count() % 2;
  }

  /** Runs all pieces backwards, the last first. */
  void backward(Gpu.Turn turn, long kept, long weights, Gradients g, boolean cellGiven) {
    boolean cell = spec().cell().hasCellState();
    for (int i = chunks.count() - 1, k = 0; i >= 0; i--, k++) {
      begin(i, kept, weights, g.work());
      call.cx = cell ? call.cx : 0;
      turn.driver().copy(call.reserve, g.reserve(), net(i).sizes().reserve());
      call.reserve = g.reserve();
      call.dy = g.dy() + chunks.first(i) * rowBytes(spec().stateSize());
      call.dx = g.dx() + chunks.first(i) * rowBytes(spec().inputSize());
      call.dhy = k == 0 ? 0 : g.dh()[k % 2];
      call.dhx = g.dh()[(k + 1) % 2];
      call.dcy = cell && (k > 0 || cellGiven) ? g.dc()[k % 2] : 0;
      call.dcx = cell ? g.dc()[(k + 1) % 2] : 0;
      gpu.dnn().backwardData(call);
      if (g.dWeights() != 0) {
        call.dWeights = g.dWeights();
        gpu.dnn().backwardWeights(call);
      }
    }
  }

  @Override
  public void close() {
    nets.forEach(DnnNet::close);
  }
}
