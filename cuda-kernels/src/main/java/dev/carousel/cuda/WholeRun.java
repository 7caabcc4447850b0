package dev.carousel.cuda;

import dev.carousel.rnn.RnnState;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** All layers and directions in one call of cuDNN: what batches without padding get. */
final class WholeRun implements AutoCloseable {
  private final Gpu gpu;
  private final RunShape shape;
  private final DnnNet net;
  private final WholeSpaces spaces;
  private final Casts casts;
  private final DnnCall call = new DnnCall();
  private final long lengths;
  private long kept;
  private long work;

  /**
   * Makes cuDNN's descriptions.
   *
   * @param lengths address of I32 [N], every one T
   */
  WholeRun(Gpu gpu, RunShape shape, Choice choice, long lengths) {
    this.gpu = gpu;
    this.shape = shape;
    this.lengths = lengths;
    net =
        new DnnNet(
            gpu, new DnnNetwork(shape.spec(), choice), shape.steps(), shape.batch(), shape.pass());
    spaces = new WholeSpaces(shape, net);
    casts = new Casts(gpu, shape.type());
  }

  long reserveBytes() {
    return shape.training() ? spaces.keptBytes : 0;
  }

  long workBytes() {
    return spaces.workBytes;
  }

  private void begin(RnnForward io, Pass pass) {
    net.describe(call, pass);
    long workAt = Regions.align(gpu.address(io.work()));
    work = workAt;
    kept = io.reserve() == null ? workAt : Regions.align(gpu.address(io.reserve()));
    call.lengths = lengths;
    call.weights = CudaRnn.weights(io).whole();
    call.work = work + spaces.work;
    call.reserve = kept + spaces.reserve;
  }

  void forward(Gpu.Turn turn, RnnForward io) {
    begin(io, shape.pass());
    RnnState last = io.last();
    call.x = casts.read(turn, io.x().values(), kept + spaces.x);
    call.hx = casts.read(turn, h(io.initial()), kept + spaces.hx);
    call.cx = casts.read(turn, c(io.initial()), kept + spaces.cx);
    call.y = casts.target(io.y(), kept + spaces.y);
    call.hy = casts.target(h(last), work + spaces.h);
    call.cy = casts.target(c(last), work + spaces.c);
    gpu.dnn().forward(call);
    casts.written(turn, io.y(), kept + spaces.y);
    casts.written(turn, h(last), work + spaces.h);
    casts.written(turn, c(last), work + spaces.c);
  }

  /**
   * cuDNN overwrites the reserve space on the way back, so it works on a copy: forward's operands
   * stay as they are and backward may be called again.
   */
  void backward(Gpu.Turn turn, RnnBackward io) {
    RnnForward f = io.forward();
    begin(f, Pass.TRAINING);
    turn.driver().copy(call.reserve, work + spaces.reserveCopy, net.sizes().reserve());
    call.reserve = work + spaces.reserveCopy;
    call.x = casts.target(f.x().values(), kept + spaces.x);
    call.y = casts.target(f.y(), kept + spaces.y);
    call.hx = casts.target(h(f.initial()), kept + spaces.hx);
    call.cx = casts.target(c(f.initial()), kept + spaces.cx);
    call.dy = casts.read(turn, io.dy(), work + spaces.dy);
    call.dhy = casts.read(turn, h(io.dLast()), work + spaces.h);
    call.dcy = casts.read(turn, c(io.dLast()), work + spaces.c);
    call.dx = io.dx() == null ? work + spaces.dx : casts.target(io.dx(), work + spaces.dx);
    call.dhx = casts.target(h(io.dInitial()), work + spaces.dh);
    call.dcx = casts.target(c(io.dInitial()), work + spaces.dc);
    gpu.dnn().backwardData(call);
    casts.written(turn, io.dx(), work + spaces.dx);
    casts.written(turn, h(io.dInitial()), work + spaces.dh);
    casts.written(turn, c(io.dInitial()), work + spaces.dc);
    if (io.dWeights() != null) {
      call.dWeights = work + spaces.dWeights;
      turn.driver().zero(call.dWeights, net.weightBytes());
      gpu.dnn().backwardWeights(call);
      CudaRnn.weights(f).addWhole(turn, call.dWeights, io.dWeights());
    }
  }

  static @Nullable Tensor h(@Nullable RnnState state) {
    return state == null ? null : state.h();
  }

  static @Nullable Tensor c(@Nullable RnnState state) {
    return state == null ? null : state.c();
  }

  @Override
  public void close() {
    net.close();
  }
}
