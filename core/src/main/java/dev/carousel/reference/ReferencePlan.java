package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.tensor.Tensor;

/** Sizes and places; the arithmetic is in {@link ForwardPass} and {@link BackwardPass}. */
final class ReferencePlan implements RnnPlan {
  private final ReferenceRnn kernels;
  private final RnnSpec spec;
  private final int steps;
  private final int batch;
  private final Pass pass;
  private final CellMath cell;
  private final WeightLayout layout;
  private final RnnSpace space;

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
  }

  CellMath cell() {
    return cell;
  }

  WeightLayout layout() {
    return layout;
  }

  RnnSpace space() {
    return space;
  }

  Gemm gemm() {
    return kernels.gemm();
  }

  ThreadScratch scratch() {
    return kernels.scratch();
  }

  /** The scratch of one call. */
  RnnSpace.Arrays arrays(RnnForward io) {
    double[] work = ScratchStorage.of("work", io.work());
    int workAt = ScratchStorage.first("work", io.work());
    Tensor reserve = io.reserve();
    if (pass == Pass.INFERENCE || reserve == null) {
      return new RnnSpace.Arrays(work, workAt, work, workAt);
    }
    return new RnnSpace.Arrays(
        ScratchStorage.of("reserve", reserve),
        ScratchStorage.first("reserve", reserve),
        work,
        workAt);
  }

  /** What forward leaves of one lane. */
  LaneState state(RnnSpace.Arrays arrays, int layer, Lane lane) {
    return space
        .state(arrays, layer, lane.direction())
        .part(lane.first(), lane.rows(), lane.firstToken(), lane.tokens());
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
    new ForwardPass(this, io).run(kernels.workers());
  }

  @Override
  public void backward(RnnBackward io) {
    io.requireFits(this);
    new BackwardPass(this, io).run(kernels.workers());
  }

  @Override
  public void close() {
    // the garbage collector's
  }
}
