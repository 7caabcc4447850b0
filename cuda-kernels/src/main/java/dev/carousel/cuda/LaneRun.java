package dev.carousel.cuda;

import static dev.carousel.cuda.WholeRun.c;
import static dev.carousel.cuda.WholeRun.h;

import dev.carousel.cuda.Rows.Side;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Each direction of each layer in a call of its own: what batches with lengths get, and sequences
 * beyond cuDNN's limit. cuDNN runs every row to the end; what lengths mean is done around it by our
 * own kernels, which read them on the device, so that a recorded step sees the lengths of its
 * replay. Letters: P units of h, D directions.
 */
final class LaneRun implements AutoCloseable {
  private final Gpu gpu;
  private final RunShape shape;
  private final Chunks chunks;
  private final ElementType type;
  private final List<Lane> lanes = new ArrayList<>();
  private final LaneRunSpaces spaces;

  /** Makes the lanes; {@code choices} says by which implementation each layer runs. */
  LaneRun(Gpu gpu, RunShape shape, Lane.Pieces pieces, IntFunction<Choice> choices) {
    this.gpu = gpu;
    this.shape = shape;
    this.chunks = pieces.chunks();
    type = shape.type();
    Regions keep = new Regions();
    int directions = shape.spec().direction().count();
    for (int i = 0; i < shape.blocks(); i++) {
      RnnSpec one = Augmented.lane(shape.spec(), i / directions);
      RunShape own = new RunShape(one, shape.steps(), shape.batch(), shape.pass());
      lanes.add(new Lane(gpu, own, choices.apply(i / directions), pieces, keep));
    }
    spaces = new LaneRunSpaces(shape, lanes, keep);
  }

  long reserveBytes() {
    return shape.training() ? spaces.keptBytes : 0;
  }

  long workBytes() {
    return spaces.workBytes;
  }

  private int directions() {
    return shape.spec().direction().count();
  }

  private long work(RnnForward io) {
    return Regions.align(gpu.address(io.work()));
  }

  private long kept(RnnForward io) {
    return io.reserve() == null ? work(io) : Regions.align(gpu.address(io.reserve()));
  }

  void forward(Gpu.Turn turn, RnnForward io) {
    Rows rows = new Rows(gpu, turn, shape, Ragged.device(io.x().lengths()));
    long kept = kept(io);
    long work = work(io);
    int last = shape.spec().layers() - 1;
    for (int l = 0; l <= last; l++) {
      Side in = l == 0 ? rows.outer(io.x().values()) : rows.own(work + spaces.output[(l + 1) % 2]);
      Side out = l == last ? rows.outer(io.y()) : rows.own(work + spaces.output[l % 2]);
      for (int d = 0; d < directions(); d++) {
        int i = l * directions() + d;
        Lane lane = lanes.get(i);
        rows.input(in, lane, kept, shape.spec().layer(l), d);
        firstState(turn, rows, io, i);
        lane.forward(kept, CudaRnn.weights(io).lane(i), work + spaces.work);
        rows.output(lane, kept, out, d);
        rows.lastStates(lane, kept, io, i, chunks.count());
      }
    }
  }

  private void firstState(Gpu.Turn turn, Rows rows, RnnForward io, int i) {
    Lane lane = lanes.get(i);
    long kept = kept(io);
    put(turn, rows.block(h(io.initial()), i), kept + lane.spaces.h(0), lane.spec().stateSize());
    if (lane.spec().cell().hasCellState()) {
      put(turn, rows.block(c(io.initial()), i), kept + lane.spaces.c(0), lane.spec().hiddenSize());
    }
  }

  /** Writes F32 [N, units], or zeros where there is none, in cuDNN's type. */
  private void put(Gpu.Turn turn, long from, long to, int units) {
    long n = (long) shape.batch() * units;
    if (from == 0) {
      turn.driver().zero(to, n * type.bytes());
    } else if (type == ElementType.F32) {
      turn.driver().copy(from, to, n * 4);
    } else {
      turn.kernel(TypedKernels.of("cast", ElementType.F32, type)).at(from).at(to).size(n).each(n);
    }
  }

  void backward(Gpu.Turn turn, RnnBackward io) {
    RnnForward f = io.forward();
    Rows rows = new Rows(gpu, turn, shape, Ragged.device(f.x().lengths()));
    long work = work(f);
    CudaRnnWeights weights = CudaRnn.weights(f);
    if (io.dWeights() != null) {
      turn.driver().zero(work + spaces.dWeights, weights.laneBytes());
    }
    for (int l = shape.spec().layers() - 1; l >= 0; l--) {
      for (int d = 0; d < directions(); d++) {
        backwardLane(turn, rows, io, l, d);
      }
      long first = work + spaces.dx[0];
      long second = directions() == 2 ? work + spaces.dx[1] : 0;
      Lane lane = lanes.get(l * directions());
      int width = shape.spec().layerInput(l);
      if (l > 0) {
        rows.join(first, second, rows.own(work + spaces.output[(l + 1) % 2]), width, lane);
      } else if (io.dx() != null) {
        rows.join(first, second, rows.outer(io.dx()), width, lane);
      }
    }
    if (io.dWeights() != null) {
      weights.addLanes(turn, work + spaces.dWeights, io.dWeights());
    }
  }

  private void backwardLane(Gpu.Turn turn, Rows rows, RnnBackward io, int l, int d) {
    RnnForward f = io.forward();
    int i = l * directions() + d;
    Lane lane = lanes.get(i);
    long work = work(f);
    long dLastH = rows.block(h(io.dLast()), i);
    long dLastC = rows.block(c(io.dLast()), i);
    boolean top = l == shape.spec().layers() - 1;
    Side dy = top ? rows.outer(io.dy()) : rows.own(work + spaces.output[l % 2]);
    rows.gradient(dy, lane, work + spaces.dy, dLastH, d);
    if (dLastC != 0) {
      put(turn, dLastC, work + spaces.dc[0], lane.spec().hiddenSize());
    }
    CudaRnnWeights weights = CudaRnn.weights(f);
    Lane.Gradients g =
        spaces.gradients(
            work, d, io.dWeights() == null ? 0 : work + spaces.dWeights + weights.laneOffset(i));
    lane.backward(turn, kept(f), weights.lane(i), g, dLastC != 0);
    int first = lane.firstState();
    rows.keepEmpty(g.dh()[first], dLastH, rows.block(h(io.dInitial()), i), lane.spec().stateSize());
    if (c(io.dInitial()) != null) {
      rows.keepEmpty(
          g.dc()[first], dLastC, rows.block(c(io.dInitial()), i), lane.spec().hiddenSize());
    }
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
