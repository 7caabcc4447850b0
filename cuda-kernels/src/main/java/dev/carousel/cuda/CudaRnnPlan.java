package dev.carousel.cuda;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A network planned for cuDNN both ways: whole for batches without padding, lane by lane for
 * batches with lengths and for more steps than cuDNN takes at once.
 */
final class CudaRnnPlan implements RnnPlan {
  private final Gpu gpu;
  private final RunShape shape;
  private final Storage lengths;
  private final @Nullable WholeRun whole;
  private final LaneRun lanes;
  private final String description;
  private boolean closed;

  /**
   * Plans.
   *
   * @param most steps of a piece that cuDNN is given
   */
  CudaRnnPlan(Gpu gpu, CudaMemory memory, RunShape shape, int most, Tuner tuner) {
    this.gpu = gpu;
    this.shape = shape;
    gpu.requireNoCapture("plan");
    Chunks chunks = new Chunks(shape.steps(), most);
    lengths = fullLengths(memory, chunks);
    long address = gpu.address(Tensor.of(lengths));
    Choice ofWhole = Choice.STANDARD;
    if (chunks.count() == 1) {
      ofWhole = tuner.choose(shape);
      whole = new WholeRun(gpu, shape, ofWhole, address);
    } else {
      whole = null;
    }
    Choice[] ofLayers = new Choice[shape.spec().layers()];
    for (int l = 0; l < ofLayers.length; l++) {
      RnnSpec lane = Augmented.lane(shape.spec(), l);
      ofLayers[l] = tuner.choose(new RunShape(lane, chunks.length(0), shape.batch(), shape.pass()));
    }
    lanes = new LaneRun(gpu, shape, new Lane.Pieces(chunks, address), l -> ofLayers[l]);
    description =
        "cuDNN %s %s, full batches %s, with lengths %s"
            .formatted(
                gpu.dnn().version(),
                shape.spec().precision(),
                whole == null ? "in pieces of " + most + " steps" : ofWhole,
                Arrays.toString(ofLayers));
  }

  /** I32 [2, N]: the steps of a piece, then those of the last. */
  private Storage fullLengths(CudaMemory memory, Chunks chunks) {
    int batch = shape.batch();
    int[] values = new int[2 * batch];
    Arrays.fill(values, 0, batch, chunks.length(0));
    Arrays.fill(values, batch, 2 * batch, chunks.length(chunks.count() - 1));
    Storage storage = memory.allocate(DType.I32, values.length);
    memory.upload(values, 0, new Tensor(storage, 0, Shape.of(values.length)));
    return storage;
  }

  @Override
  public RnnSpec spec() {
    return shape.spec();
  }

  @Override
  public int steps() {
    return shape.steps();
  }

  @Override
  public int batch() {
    return shape.batch();
  }

  @Override
  public Pass pass() {
    return shape.pass();
  }

  @Override
  public long reserveBytes() {
    return Math.max(whole == null ? 0 : whole.reserveBytes(), lanes.reserveBytes());
  }

  @Override
  public long workBytes() {
    return Math.max(whole == null ? 0 : whole.workBytes(), lanes.workBytes());
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void forward(RnnForward io) {
    io.requireFits(this);
    try (Gpu.Turn turn = gpu.turn()) {
      WholeRun full = whole(io.x().lengths());
      if (full != null) {
        full.forward(turn, io);
      } else {
        lanes.forward(turn, io);
      }
    }
  }

  @Override
  public void backward(RnnBackward io) {
    io.requireFits(this);
    try (Gpu.Turn turn = gpu.turn()) {
      WholeRun full = whole(io.forward().x().lengths());
      if (full != null) {
        full.backward(turn, io);
      } else {
        lanes.backward(turn, io);
      }
    }
  }

  private @Nullable WholeRun whole(Lengths of) {
    return of.full() ? whole : null;
  }

  @Override
  public void close() {
    try (Gpu.Turn turn = gpu.turn()) {
      turn.driver();
      if (!closed) {
        closed = true;
        if (whole != null) {
          whole.close();
        }
        lanes.close();
        lengths.close();
      }
    }
  }
}
