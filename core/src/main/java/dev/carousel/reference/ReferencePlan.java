package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import java.util.ArrayDeque;

/**
 * Sizes, and the frames that calls work with; the arithmetic is in {@link ForwardPass} and {@link
 * BackwardPass}.
 */
final class ReferencePlan implements RnnPlan {
  private final ReferenceRnn kernels;
  private final RnnSpec spec;
  private final int steps;
  private final int batch;
  private final Pass pass;
  private final CellMath cell;
  private final WeightLayout layout;
  private final RnnSpace space;
  private final ArrayDeque<RnnFrame> frames = new ArrayDeque<>();

  ReferencePlan(ReferenceRnn kernels, RnnSpec spec, int steps, int batch, Pass pass) {
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "a plan needs at least 1 step and 1 row, not %d and %d".formatted(steps, batch));
    }
    this.kernels = kernels;
    this.spec = spec;
    this.steps = steps;
    this.batch = batch;
    this.pass = pass;
    this.cell = CellMath.of(spec, kernels.gemm());
    this.layout = WeightLayout.of(spec);
    this.space = new RnnSpace(spec, cell, steps, batch, pass);
    release(new RnnFrame(spec, layout, cell, space, batch));
  }

  /** A frame that no other call uses at present. */
  private RnnFrame take() {
    synchronized (frames) {
      if (!frames.isEmpty()) {
        return frames.pop();
      }
    }
    return new RnnFrame(spec, layout, cell, space, batch);
  }

  private void release(RnnFrame frame) {
    synchronized (frames) {
      frames.push(frame);
    }
  }

  CellMath cell() {
    return cell;
  }

  Gemm gemm() {
    return kernels.gemm();
  }

  /** Floating-point operations of one layer's forward pass. */
  double operations(int layer) {
    double weights = (double) spec.gateRows() * (spec.layerInput(layer) + spec.stateSize());
    return 2 * weights * spec.direction().count() * steps * batch;
  }

  @Override
  public RnnSpec spec() {
    return spec;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Pass pass() {
    return pass;
  }

  @Override
  public long reserveBytes() {
    return space.reserveBytes();
  }

  @Override
  public long workBytes() {
    return space.workBytes();
  }

  @Override
  public String describe() {
    return "plain Java loops in double, " + kernels.workers().threads() + " threads";
  }

  @Override
  public void forward(RnnForward io) {
    io.requireFits(this);
    RnnFrame frame = take();
    new ForwardPass(this, frame, io).run(kernels.workers());
    release(frame);
  }

  @Override
  public void backward(RnnBackward io) {
    io.requireFits(this);
    RnnFrame frame = take();
    new BackwardPass(this, frame, io).run(kernels.workers());
    release(frame);
  }

  @Override
  public void close() {
    // the garbage collector's
  }
}
